"""A mistake: a list that only grows."""

memories = []
while True:
    memories.append("x" * 100_000)
