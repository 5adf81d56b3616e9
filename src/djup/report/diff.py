"""What a fix would change, as a unified diff."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

LINES = re.compile(rb"[^\n]*\n|[^\n]+")

ESCAPES = {
    "\a": r"\a",
    "\b": r"\b",
    "\t": r"\t",
    "\n": r"\n",
    "\v": r"\v",
    "\f": r"\f",
    "\r": r"\r",
    '"': r"\"",
    "\\": r"\\",
}
"""How git writes these in a quoted name; other controls are octal."""


def unified_diff(root: Path, files: Mapping[PurePosixPath, bytes]) -> str:
    """Return the diff between the files on disk and their new bytes, as ``git apply`` takes it.

    Bytes that are no UTF-8 are lone surrogates (PEP 383): encode it with ``surrogateescape`` to have them back.
    """
    return "".join(part for path in sorted(files) for part in _file_diff(root, path, files[path]))


def _file_diff(root: Path, path: PurePosixPath, data: bytes) -> Iterator[str]:
    there = (root / path).exists()
    old, new = _lines((root / path).read_bytes() if there else b""), _lines(data)
    names = (_name(f"a/{path}") if there else "/dev/null", _name(f"b/{path}"))
    for line in difflib.unified_diff(old, new, *names):
        yield line if line.endswith("\n") else line + "\n\\ No newline at end of file\n"


def _lines(data: bytes) -> list[str]:
    """The lines as git counts them: form feeds and the line ends of other alphabets end none."""
    return [line.decode("utf-8", "surrogateescape") for line in LINES.findall(data)]


def _name(path: str) -> str:
    """A name as git writes it: quoted where a control character in it would end the line."""
    if path.isprintable() and '"' not in path:
        return path
    return f'"{"".join(map(_quoted, path))}"'


def _quoted(char: str) -> str:
    if char in ESCAPES:
        return ESCAPES[char]
    if char.isprintable():
        return char
    return "".join(f"\\{byte:03o}" for byte in char.encode("utf-8", "surrogateescape"))
