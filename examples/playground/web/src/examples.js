// The examples in the list above the editor.

export const examples = [
  {
    title: "A class in Rust",
    source: `# \`playground\` is a module in Rust: examples/playground/src/lib.rs.
from playground import Life

glider = Life("""
.#.
..#
###
""")
for _ in range(3):
    print(f"{glider!r}")
    print(glider)
    glider.step()


# Python classes can extend classes written in Rust.
class Watched(Life):
    pass


try:
    Life("")
except ValueError as error:
    print("ValueError:", error)
`,
  },
  {
    title: "rpds, unchanged from PyPI",
    source: `# Persistent data structures: a crate written for PyO3, as it is on PyPI.
from rpds import HashTrieMap, List

base = HashTrieMap({"a": 1, "b": 2})
more = base.insert("c", 3)

print(base)
print(more)
print("the old one is as it was:", len(base), len(more))
print(List([1, 2, 3]).push_front(0))
`,
  },
  {
    title: "Calling back",
    source: `# Rust calls Python functions, and exceptions pass through it.
from playground import count_words

text = "the cat and the hat and The End"
print(count_words(text, key=str.lower))


def strict(word):
    if word[0].isupper():
        raise ValueError(f"{word!r} is not lower case")
    return word


count_words(text, key=strict)
`,
  },
  {
    title: "The standard library",
    source: `import dataclasses, datetime, itertools, json, math, re, statistics, sys


@dataclasses.dataclass(order=True)
class Point:
    x: float
    y: float

    def __abs__(self):
        return math.hypot(self.x, self.y)


points = [Point(3, 4), Point(1, 1)]
print(sorted(points), [abs(point) for point in points])
print(json.dumps({"now": datetime.datetime.now().isoformat(timespec="seconds")}))
print(re.findall(r"\\w+", "one two"), statistics.mean([1, 2, 6]), list(itertools.pairwise("abc")))
print(sys.implementation.name, sys.version.split()[0], sys.platform)
`,
  },
  {
    title: "An endless loop",
    source: `# An endless loop: press Stop.
n = 0
while True:
    n += 1
    if n % 200_000 == 0:
        print(f"{n:,}")
`,
  },
];
