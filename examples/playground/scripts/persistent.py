"""rpds-py, a crate written for PyO3, as it is."""

from rpds import HashTrieMap, HashTrieSet, List, Queue, Stack

base = HashTrieMap({"a": 1, "b": 2})
more = base.insert("c", 3)
print(len(base), sorted(more.items()), more.get("z"), "a" in base, base == HashTrieMap(a=1, b=2))
print(sorted(base.update({"b": 7, "d": 8}).values()), sorted(more.remove("a")), hash(base) == hash(base.remove("a")))
print(List([1, 2, 3]).push_front(0), List([1, 2]).rest.first, Queue([1, 2]).enqueue(3).dequeue().peek(), Stack([1, 2]).peek())
print(sorted(HashTrieSet("abc").union(HashTrieSet("cd"))), HashTrieSet("ab") < HashTrieSet("abc"))

for wrong in (lambda: base["z"], lambda: more.remove("z"), lambda: HashTrieMap.fromkeys([[]]), lambda: List([]).first):
    try:
        wrong()
    except Exception as error:
        print(f"{type(error).__name__}: {error}")

import copy

print(copy.copy(more) == more, copy.deepcopy(List([[1], [2]])))

from playground import Life

print(HashTrieMap({"life": Life("##\n##")})["life"])
