"""What acts instead of showing is written out; all else stays."""

from __future__ import annotations

import pytest

from djup.report.visible import visible
from tests.report.hostile import ESCAPES, raw


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[2J", r"\x1b[2J"),
        ("a\nb\r\tc", r"a\nb\r\tc"),
        ("\x9b", r"\x9b"),
        ("x\u202egnp", r"x\u202egnp"),
        ("caf\udce9.py", r"caf\xe9.py"),
        ("\ud800", r"\ud800"),
        ("\U000e0041", r"\U000e0041"),
        ("a\u2028b", r"a\u2028b"),
    ],
)
def test_what_acts_is_written_out(text, shown):
    assert visible(text) == shown


@pytest.mark.parametrize(
    "text", ["", "plain", "naïve café", "日本語", "👩\u200d💻", "\u0645\u200c\u062e", "non\u00a0breaking"]
)
def test_what_shows_itself_stays(text):
    assert visible(text) == text


def test_line_ends_may_be_kept():
    assert visible("a\n\x1b", keep="\n") == "a\n\\x1b"


@pytest.mark.parametrize("text", ESCAPES.values(), ids=ESCAPES)
def test_nothing_hostile_is_left(text):
    assert raw(visible(text)) == []
    assert "\n" not in visible(text)
