"""Reading a failure: the line that names the exception, and the frames of its traceback, Python's or pytest's. Pure."""

from __future__ import annotations

import re

from djup.model import Record

EXCEPTION = re.compile(r"[A-Za-z_][\w.]*(?:Error|Exception|Warning|DoesNotExist|Exit)\b(?::|$)")
"""How a traceback ends: the exception's name, then what it says."""

FRAME = re.compile(
    r"""File "(?P<file>[^"]+)", line (?P<line>\d+)"""
    r"""|^(?P<short>\S+\.py):(?P<number>\d+): (?=in |[A-Z]\w*(?:$|:))""",
    re.MULTILINE,
)
"""A frame as Python writes it, and as pytest does in its long and its short style."""


class Frame(Record):
    """A frame of a traceback: the file as written there, and the line."""

    file: str
    line: int


def last_line(text: str) -> str:
    """The line of a message or traceback that names the exception; else the last that says something."""
    lines = [line.strip().removeprefix("E   ").strip() for line in text.strip().splitlines() if line.strip()]
    named = [line for line in lines if EXCEPTION.match(line)]
    return (named or lines or [""])[-1][:300]


def frames_of(text: str) -> tuple[Frame, ...]:
    """The frames a text holds, outermost first as they are written."""
    return tuple(
        Frame(file=match["file"] or match["short"], line=int(match["line"] or match["number"]))
        for match in FRAME.finditer(text)
    )
