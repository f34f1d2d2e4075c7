"""A tour through a module in Rust. It prints the same on every runtime, natively and as WebAssembly."""

import sys

import playground
from playground import Life, count_words, primes

print(playground.__doc__)
print("primes:", primes(30), len(primes(100_000)))
print(count_words("the cat and the hat and The End", key=str.lower))

glider = Life(".#.\n..#\n###")
for _ in range(4):
    glider.step()
print(glider, glider.age, len(glider), repr(glider), glider == Life(".#.\n..#\n###"))
print((2, 3) in glider, (0, 0) in glider)

for wrong in (lambda: primes(10**8), lambda: primes(-1), lambda: Life(""), lambda: count_words(1), lambda: glider.step("x")):
    try:
        wrong()
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


class Loud(list):
    """Python classes and Rust classes hold each other."""

    def __del__(self):
        print("gone")


things = Loud([glider, primes])
things.append(things)
del things

import gc

gc.collect()

import collections, dataclasses, datetime, hashlib, itertools, json, math, re


@dataclasses.dataclass(order=True)
class Point:
    x: int
    y: float = 0.5


print(sorted([Point(2), Point(1, 3.0)]), json.dumps({"k": [1, 2.5, None]}), re.findall(r"\w+", "ab cd"))
print(datetime.date(2026, 1, 2).isoformat(), hashlib.sha256(b"x").hexdigest()[:12], math.tau, 2**200 % 1_000_007)
print(collections.Counter("abracadabra").most_common(2), list(itertools.accumulate(range(6))))


def endless(n):
    return endless(n + 1)


try:
    endless(0)
except RecursionError as error:
    print("RecursionError:", str(error)[:32])

try:
    count_words("a b", key=lambda word: 1 / 0)
except ZeroDivisionError as error:
    frames = []
    traceback = error.__traceback__
    while traceback:
        frames.append(traceback.tb_frame.f_code.co_name)
        traceback = traceback.tb_next
    print("ZeroDivisionError:", error, frames)

print("threads:", end=" ")
import threading

results = []
try:
    thread = threading.Thread(target=results.append, args=(1,))
    thread.start()
    thread.join()
    print("one ran" if results == [1] else "lost", file=sys.stderr)
except RuntimeError as error:
    print(f"{error}", file=sys.stderr)
print("done")
