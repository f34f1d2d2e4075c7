"""Keeps a catalogue of folders of JSON files, and says what has changed in them since.

A tool for the command line, written in Python as for any Python: the parser of JSON, the hash and the maps are extension
crates (jiter, blake3, rpds), the table is drawn by a package of Python alone (tabulate).
"""

import argparse
import json
import sys
from pathlib import Path

import jiter
from blake3 import blake3
from rpds import HashTrieMap
from tabulate import tabulate

NAME = ".catalogue.json"


def scan(folder):
    """The files of a folder, each with its hash and what is at its root."""
    entries = HashTrieMap()
    for path in sorted(folder.rglob("*.json")):
        if path.name == NAME:
            continue
        data = path.read_bytes()
        try:
            value = jiter.from_json(data)
        except ValueError as error:
            shape = f"not JSON: {error}"
        else:
            shape = f"{type(value).__name__} of {len(value)}" if hasattr(value, "__len__") else repr(value)
        entry = {"hash": blake3(data).hexdigest(), "bytes": len(data), "shape": shape}
        entries = entries.insert(path.relative_to(folder).as_posix(), entry)
    return entries


def load(folder):
    """The catalogue that was written last; an empty one if there is none."""
    try:
        return HashTrieMap(jiter.from_json((folder / NAME).read_bytes()))
    except FileNotFoundError:
        return HashTrieMap()


def changes(old, new):
    """What has happened to each file of two catalogues."""
    for name in sorted({*old, *new}):
        if name not in old:
            yield "added", name
        elif name not in new:
            yield "removed", name
        elif old[name]["hash"] != new[name]["hash"]:
            yield "changed", name


def show(arguments):
    entries = scan(arguments.folder)
    rows = [(name, entry["bytes"], entry["hash"][:12], entry["shape"]) for name, entry in sorted(entries.items())]
    print(tabulate(rows, headers=["file", "bytes", "blake3", "contents"], tablefmt=arguments.format))


def update(arguments):
    entries = scan(arguments.folder)
    text = json.dumps(dict(sorted(entries.items())), ensure_ascii=False, indent=1)
    (arguments.folder / NAME).write_text(text + "\n", encoding="utf-8")
    print(f"{len(entries)} files in {arguments.folder / NAME}")


def status(arguments):
    found = list(changes(load(arguments.folder), scan(arguments.folder)))
    for what, name in found:
        print(f"{what:8} {name}")
    # As `diff` does, for scripts.
    return 1 if found else 0


def main():
    parser = argparse.ArgumentParser(prog="catalogue", description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    for name, function, text in [
        ("show", show, "list the JSON files of a folder"),
        ("update", update, "write the catalogue of a folder"),
        ("status", status, "say what has changed since; the exit status is 1 if something has"),
    ]:
        command = commands.add_parser(name, help=text, description=text)
        command.set_defaults(function=function)
        command.add_argument("folder", type=Path, nargs="?", default=Path("."), help="(default: the current one)")
        if name == "show":
            command.add_argument("--format", default="simple", help="how tabulate draws the table (default: simple)")
    arguments = parser.parse_args()
    if not arguments.folder.is_dir():
        parser.error(f"{arguments.folder} is no folder")
    return arguments.function(arguments)


if __name__ == "__main__":
    sys.exit(main())
