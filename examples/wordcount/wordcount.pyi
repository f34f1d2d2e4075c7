"""
Counts words in parallel.

A word is a match of the regular expression `[A-Za-z_][A-Za-z0-9_]*`. Case matters.
"""

from _typeshed import SupportsGetItem
from os import PathLike
from typing import Any, SupportsIndex, final

__all__ = ["UnreadableFile", "WordIndex", "Words", "count_file"]

class UnreadableFile(Exception):
    """
    A file that cannot be read as UTF-8 text.
    """

@final
class WordIndex:
    """
    Counts the words of files.

    Files that cannot be read are skipped and listed in `unreadable`. After every `every` files, `progress` is called
    with the number of files done and the total number of files. If it raises an exception, counting stops.
    """
    def __contains__(self, word: str, /) -> bool: ...
    def __getitem__(self, word: str, /) -> int: ...
    def __iter__(self, /) -> Words:
        """
        Iterates over the words in alphabetical order.
        """
    def __len__(self, /) -> int: ...
    def __new__(cls, paths: SupportsGetItem[int, str | PathLike[str]], progress: Any | None = None, *, every: SupportsIndex = 64) -> WordIndex: ...
    def __repr__(self, /) -> str: ...
    @property
    def files(self, /) -> int:
        """
        The number of files read.
        """
    def most_common(self, n: SupportsIndex) -> list[tuple[str, int]]:
        """
        Returns the `n` most frequent words as pairs of word and count. Words with equal counts are in alphabetical
        order.
        """
    @property
    def total(self, /) -> int:
        """
        The total number of words, counting every occurrence.
        """
    @property
    def unreadable(self, /) -> list[tuple[str, str]]:
        """
        The files that could not be read, as pairs of path and reason.
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
    Counts the words of one file. Returns a dict from words to counts. Raises `UnreadableFile` if the file cannot be
    read.
    """
