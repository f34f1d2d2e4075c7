"""
Counts words in parallel.

A word is what the regular expression `[A-Za-z_][A-Za-z0-9_]*` finds. Upper and lower case differ.
"""

from _typeshed import SupportsGetItem
from os import PathLike
from typing import Any, SupportsIndex, final

__all__ = ["WordIndex", "Words", "count_file"]

@final
class WordIndex:
    """
    Counts the words of files.

    Files that cannot be read are left out and listed in `unreadable`. `progress`, where given, is called with the number
    of files done and the number of all, after every so many files; what it raises ends the counting.
    """
    def __contains__(self, word: str, /) -> bool: ...
    def __getitem__(self, word: str, /) -> int: ...
    def __iter__(self, /) -> Words:
        """
        The words, in alphabetical order.
        """
    def __len__(self, /) -> int: ...
    def __new__(cls, paths: SupportsGetItem[int, str | PathLike[str]], progress: Any | None = None, *, every: SupportsIndex = 64) -> WordIndex: ...
    def __repr__(self, /) -> str: ...
    @property
    def files(self, /) -> int:
        """
        How many files were read.
        """
    def most_common(self, n: SupportsIndex) -> list[tuple[str, int]]:
        """
        The `n` words that are there most often, as pairs of word and count; words of equal count by alphabet.
        """
    @property
    def total(self, /) -> int:
        """
        How many words there are, each as often as it occurs.
        """
    @property
    def unreadable(self, /) -> list[tuple[str, str]]:
        """
        The files that were not, as pairs of path and reason.
        """

@final
class Words:
    """
    An iterator over the words of an index.
    """
    def __iter__(self, /) -> Words: ...
    def __next__(self, /) -> str: ...

def count_file(path: str | PathLike[str]) -> dict[str, int]:
    """
    Counts the words of one file: a dict from words to counts. Raises `UnreadableFile`.
    """
