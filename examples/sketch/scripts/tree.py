"""A tree that grows by halves, with its rings beside it."""

from math import cos, pi, sin

from sketch import canvas


def grow(x, y, angle, length):
    if length < 3:
        canvas.circle((x, y), 1.5, color="seagreen", fill="seagreen")
        return
    end = x + length * cos(angle), y - length * sin(angle)
    canvas.line((x, y), end, color="sienna", width=length / 8)
    for turn in (-pi / 7, pi / 9):
        grow(*end, angle + turn, length * 0.76)


grow(canvas.width / 2, canvas.height - 10, pi / 2, 62)
canvas.text((10, 20), f"{len(canvas)} shapes")
print(canvas)
