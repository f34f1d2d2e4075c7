"""Counts the words of all .py files in a folder, with Rust and with Python, and compares.

    demo.py FOLDER

The table between the two markers is the same on every Python that runs this. Progress and times go to stderr.
Exit status 1: the two counts differ.
"""

import collections
import os
import re
import sys
import time

import wordcount

# What wordcount counts, too.
WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
TOP = 20


def python_files(folder):
    """All .py files below the folder, in an order that is the same everywhere."""
    found = []
    for parent, folders, names in os.walk(folder):
        folders.sort()
        found += [os.path.join(parent, name) for name in names if name.endswith(".py")]
    return sorted(found)


def progress(label):
    """A function that keeps a line of progress."""

    def show(done, total):
        end = "\n" if done == total else ""
        print(f"\r{label}: {done} of {total} files", end=end, file=sys.stderr, flush=True)

    return show


def count_in_python(paths, show, every=64):
    """What WordIndex does, in Python: the counts, and the files that cannot be read."""
    counts = collections.Counter()
    unreadable = []
    for done, path in enumerate(paths, 1):
        try:
            with open(path, "rb") as file:
                text = file.read().decode("utf-8")
        except (OSError, UnicodeDecodeError):
            unreadable.append(path)
        else:
            counts.update(WORD.findall(text))
        if done % every == 0 or done == len(paths):
            show(done, len(paths))
    return counts, unreadable


def timed(function, *arguments):
    """The result, and the seconds it took."""
    start = time.perf_counter()
    result = function(*arguments)
    return result, time.perf_counter() - start


def shown(path, folder):
    """The path as seen from the folder, printable even where it is no Unicode."""
    path = os.path.relpath(path, folder).replace(os.sep, "/")
    return path.encode("utf-8", "backslashreplace").decode("utf-8")


def print_table(index, folder):
    """The top words, the totals, and what could not be read."""
    print("--- table ---")
    print(f"{'word':<24}{'count':>10}")
    for word, count in index.most_common(TOP):
        print(f"{word:<24}{count:>10}")
    print(f"{'different words':<24}{len(index):>10}")
    print(f"{'words':<24}{index.total:>10}")
    print(f"{'files read':<24}{index.files:>10}")
    print(f"{'files unreadable':<24}{len(index.unreadable):>10}")
    for path, reason in index.unreadable:
        print(f"  {shown(path, folder)}: {reason}")
    print("--- end ---")


def refused(path):
    """Whether the strict function raises for the file, as it should."""
    try:
        wordcount.count_file(path)
    except wordcount.UnreadableFile:
        return True
    return False


def differences(index, counts, unreadable):
    """What Rust and Python do not agree on, in words."""
    if dict.fromkeys(index) != dict.fromkeys(counts):
        yield "they found different words"
    for word in counts:
        if word not in index or index[word] != counts[word]:
            yield f"{word!r}: Python counted {counts[word]}"
    if {path for path, _ in index.unreadable} != set(unreadable):
        yield "they could not read different files"
    for path in unreadable:
        if not refused(path):
            yield f"count_file does not refuse {path}"


def main(folder):
    paths = python_files(folder)
    if not paths:
        sys.exit(f"no .py files in {folder}")
    index, rust = timed(wordcount.WordIndex, paths, progress("Rust"))
    print_table(index, folder)
    sys.stdout.flush()

    (counts, unreadable), python = timed(count_in_python, paths, progress("Python"))
    found = list(differences(index, counts, unreadable))
    if found:
        sys.exit("Rust and Python differ:\n" + "\n".join(found[:10]))
    print("Rust and Python counted the same")
    print(f"Rust {rust:.3f} s, Python {python:.3f} s: {python / rust:.1f} times as fast", file=sys.stderr)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: demo.py FOLDER")
    main(sys.argv[1])
