"""Django templates, lexed as Django does: tags, variables and comments with their spans; nothing is reformatted.

The rules are those of ``django.template.base``: a token lies on one line (``{% %}``, ``{{ }}``, ``{# #}``),
and what stands between ``{% verbatim %}`` or ``{% comment %}`` and its end is text.
"""

from __future__ import annotations

import re
from typing import Literal

from djup.model import Record

_TOKEN = re.compile(rb"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}")
_BIT = re.compile(rb"""(?:[^\s'"]*(?:(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')[^\s'"]*)+)|\S+""")
_FILTER = re.compile(rb"""\|\s*(\w+)(?::("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[\w.+-]+|_\("[^"]*"\)|_\('[^']*'\)))?""")
_QUOTED = re.compile(rb""""(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'""")


class Bit(Record):
    """One word of a tag, by Django's ``smart_split``: quoted strings are one word."""

    text: bytes
    start: int
    end: int


class Token(Record):
    """A tag, variable or comment; ``name`` is a tag's name, ``bits`` its words with the name first."""

    kind: Literal["tag", "variable", "comment"]
    start: int
    end: int
    inner_start: int
    inner_end: int
    bits: tuple[Bit, ...] = ()

    @property
    def name(self) -> str:
        """The name of a tag, ``""`` for anything else."""
        return self.bits[0].text.decode(errors="replace") if self.kind == "tag" and self.bits else ""


class Filter(Record):
    """A filter in an expression: its name, its argument as written, and where it stands, from its bar on."""

    name: str
    argument: bytes
    start: int
    end: int


def tokens(body: bytes) -> tuple[Token, ...]:
    """Lex a template; verbatim and comment blocks hide what is in them."""
    found: list[Token] = []
    closing = b""
    for match in _TOKEN.finditer(body):
        token = _token(body, match.start(), match.end())
        if closing:
            if token.kind == "tag" and body[token.inner_start : token.inner_end].strip() == closing:
                closing = b""
                found.append(token)
            continue
        found.append(token)
        if token.name in {"verbatim", "comment"}:
            inner = body[token.inner_start : token.inner_end].strip()
            closing = b"end" + inner if token.name == "verbatim" else b"endcomment"
    return tuple(found)


def _token(body: bytes, start: int, end: int) -> Token:
    kinds: dict[bytes, Literal["tag", "variable", "comment"]] = {b"{%": "tag", b"{{": "variable", b"{#": "comment"}
    kind = kinds[body[start : start + 2]]
    bits = tuple(
        Bit(text=one[0], start=one.start(), end=one.end())
        for one in (_BIT.finditer(body, start + 2, end - 2) if kind == "tag" else ())
    )
    return Token(kind=kind, start=start, end=end, inner_start=start + 2, inner_end=end - 2, bits=bits)


def filters(body: bytes, token: Token) -> tuple[Filter, ...]:
    """The filters used in a tag or variable, in order; bars within quoted strings are no filters."""
    if token.kind == "comment":
        return ()
    inner = body[token.inner_start : token.inner_end]
    hidden = [(one.start(), one.end()) for one in _QUOTED.finditer(inner)]
    found = []
    for match in _FILTER.finditer(inner):
        if any(start <= match.start() < end for start, end in hidden):
            continue
        found.append(
            Filter(
                name=match[1].decode(),
                argument=match[2] or b"",
                start=token.inner_start + match.start(),
                end=token.inner_start + match.end(),
            )
        )
    return tuple(found)


def loaded(token: Token) -> tuple[Bit, ...]:
    """The libraries a ``{% load %}`` tag names: all its words, or the one after ``from``."""
    words = token.bits[1:]
    if len(words) > 1 and words[-2].text == b"from":
        return (words[-1],)
    return words


def position(body: bytes, offset: int) -> tuple[int, int]:
    """The line and column, both from 1, of a byte offset."""
    start = body.rfind(b"\n", 0, offset) + 1
    return body.count(b"\n", 0, offset) + 1, len(body[start:offset].decode(errors="replace")) + 1
