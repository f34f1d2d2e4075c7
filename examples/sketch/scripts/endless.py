"""A mistake: the loop has no end, and catches what it should not."""

from sketch import canvas

while True:
    try:
        canvas.line((0, 0), (1, 1))
    except Exception:
        pass
