"""Text of a project made safe to show: what a terminal or a viewer would obey is written out instead."""

from __future__ import annotations

import re
import unicodedata

JOINERS = "\u200c\u200d"
"""Invisible, but harmless: Persian and Indic words and many emoji are written with them."""

HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Controls (ESC, C1, newlines), formats (bidi overrides, zero widths), lone surrogates, line and paragraph ends."""

NAMED = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}

BYTES = range(0xDC80, 0xDD00)
"""How Python reads a byte of a file name that is no UTF-8 (PEP 383)."""

ASCII = 0x80

COMMAND_OF_A_LOG = re.compile(r"^(\s*)(:|#)(?=:|#\[)", re.MULTILINE)
"""What GitHub Actions would obey at the start of a line of a log: ``::error::``, ``##[error]``."""


def visible(text: str, *, keep: str = "") -> str:
    """Return a text in one line, with every character that acts instead of showing written as its escape.

    ``keep`` are characters left as they are, such as the line ends of a block of code.
    """
    if text.isprintable():  # nearly every text is: no second look at each character
        return text
    return "".join(char if char in keep or not is_hidden(char) else escape(char) for char in text)


def is_hidden(char: str) -> bool:
    """Whether a character acts on its surroundings instead of showing itself."""
    return char not in JOINERS and unicodedata.category(char) in HIDDEN


def escape(char: str) -> str:
    """The escape of a character as Python writes it; a byte of an undecodable name is that byte."""
    if char in NAMED:
        return NAMED[char]
    number = ord(char)
    if number in BYTES:
        return f"\\x{number - 0xDC00:02x}"
    if number < 2 * ASCII:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"  # noqa: PLR2004  # the basic plane


def harmless_in_logs(text: str) -> str:
    """Return a text whose lines no CI takes for commands to itself."""
    return COMMAND_OF_A_LOG.sub(lambda match: f"{match[1]}\\x{ord(match[2]):02x}", text)
