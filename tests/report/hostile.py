"""Texts as a hostile project would have them, and what must not be left of them in anything djup prints."""

from __future__ import annotations

import re

ESCAPES = {
    "title": "\x1b]0;owned\x07",
    "clipboard": "\x1b]52;c;b3duZWQ=\x07",
    "clear": "\x1b[2J\x1b[H",
    "c1": "\x9b2J",
    "newline": "one\ntwo\r\nthree",
    "backspace": "safe\x08\x08\x08\x08evil",
    "bidi": "user\u202egnp.exe",
    "isolate": "\u2066hidden\u2069",
    "line separator": "one\u2028two",
    "lone surrogate": "name\udcff.py",
    "tag": "flag\U000e0041",
    "nul": "a\x00b",
}

MARKUP = {
    "rich": "[bold red]x[/bold red] [link=javascript:1]y[/link]",
    "script": "</script><script>alert(1)</script>",
    "style": "</style><img src=x onerror=alert(1)>",
    "link": "[x](javascript:1)",
    "image": "![x](https://example.org/track.png)",
    "autolink": "<javascript:alert(1)> https://example.org/bare",
    "html": "<b>bold</b> &lt;i&gt;",
    "code": "`` ` ``` code",
    "fence": "```\n~~~",
    "table": "a | b \\| c",
    "heading": "# heading",
    "list": "1. one",
    "emphasis": "**a** __b__ ~~c~~",
    "workflow": "::error file=x::owned",
    "old workflow": "##[error]owned",
    "percent": "100%0A::error::owned",
    "attribute": '" onmouseover="alert(1)',
}

TEXTS = {**ESCAPES, **MARKUP}

EVERYTHING = " ".join(TEXTS.values())
"""All at once, for records with many fields."""

RAW = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\U000e0041]"
)
"""What a terminal or a viewer would obey; line ends and tabs are judged apart."""


def raw(text: str) -> list[str]:
    """The characters of a printed text that act instead of showing."""
    return [f"{char!r} in {text[max(0, at - 20) : at + 20]!r}" for at, char in enumerate(text) if RAW.match(char)]


COMMANDS = re.compile(r"^\s*(::|##\[)", re.MULTILINE)
"""Lines that GitHub Actions obeys."""
