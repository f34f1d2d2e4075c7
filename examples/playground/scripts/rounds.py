"""What one run does that is repeated: nothing of it may stay."""

from playground import Life, count_words, primes


class Owner:
    def __init__(self):
        self.me = self
        self.life = Life("##\n##")
        self.data = list(range(5000))


owner = Owner()
owner.life.step(3)
print(owner.life, owner.life.age, len(primes(2000)), count_words("a b a", key=lambda word: word + "!"))

try:
    Life("")
except ValueError as error:
    print("ValueError:", error)
