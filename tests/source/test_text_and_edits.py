"""What a file is made of stays: encoding, byte order mark, line ends; edits touch their own bytes only."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from djup.source.edits import Edit, OverlapError, apply_edits, parted, whole_lines
from djup.source.text import SourceText, Unreadable, read_text


@pytest.mark.parametrize(
    "data",
    [
        b"x = 1\n",
        b"x = 1",
        b"x = 1\r\ny = 2\r\n",
        b"\xef\xbb\xbfx = 1\n",
        "# -*- coding: latin-1 -*-\nx = 'ä'\n".encode("latin-1"),
        "#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\nx = '€'\n".encode("cp1252"),
        b"\x0cx = 1\n",
        b"",
    ],
)
def test_a_file_read_and_written_is_the_same_file(data: bytes) -> None:
    text = read_text(data)
    assert isinstance(text, SourceText)
    assert text.encode(text.body) == data


def test_a_cookie_tells_the_encoding_of_python_and_of_nothing_else() -> None:
    data = "# coding: latin-1\nä".encode("latin-1")
    assert isinstance(read_text(data), SourceText)
    assert isinstance(read_text(data, python=False), Unreadable)


@pytest.mark.parametrize(("data", "line"), [(b"x = 1\ny = '\xe4'\n", 2), (b"# coding: klingon\nx = 1\n", 1)])
def test_what_cannot_be_read_says_why_and_where(data: bytes, line: int) -> None:
    text = read_text(data)
    assert isinstance(text, Unreadable)
    assert text.line == line
    assert text.reason


def test_edits_are_made_whatever_their_order() -> None:
    edits = [Edit(start=4, end=5, text=b"E"), Edit(start=0, end=1, text=b""), Edit(start=2, end=2, text=b"--")]
    assert apply_edits(b"abcdef", edits) == b"b--cdEf"


def test_edits_that_overlap_are_refused() -> None:
    with pytest.raises(OverlapError):
        apply_edits(b"abcdef", [Edit(start=0, end=3, text=b""), Edit(start=2, end=4, text=b"x")])


def test_removals_that_overlap_are_one() -> None:
    edits = [Edit(start=2, end=4, text=b""), Edit(start=0, end=3, text=b""), Edit(start=5, end=6, text=b"F")]
    assert apply_edits(b"abcdef", edits) == b"eF"


@given(st.binary(max_size=40), st.data())
def test_bytes_outside_the_edits_never_change(data: bytes, draw: st.DataObject) -> None:
    start = draw.draw(st.integers(0, len(data)))
    end = draw.draw(st.integers(start, len(data)))
    text = draw.draw(st.binary(max_size=5))
    assert apply_edits(data, [Edit(start=start, end=end, text=text)]) == data[:start] + text + data[end:]


def test_a_span_widens_to_its_line_only_if_it_is_alone_on_it() -> None:
    assert whole_lines(b"a\n  b  \nc", 4, 5) == (2, 8)
    assert whole_lines(b"a\n  b; c\n", 4, 5) == (4, 5)


@pytest.mark.parametrize(
    ("before", "old", "new", "after"),
    [
        ("return('a', [x])", "('a', [x])", "reverse('a')", "return reverse('a')"),
        ("if user.is_authenticated()and x:", "()", "", "if user.is_authenticated and x:"),
        ("x if(a)else b", "(a)", "a", "x if a else b"),
        ("return(a)", "(a)", "(b)", "return(b)"),
        ("from old import a", "old", "new", "from new import a"),
        ("name_of(x)", "_of", "s", "names(x)"),
        ("name_of(x)", "", "the_", "the_name_of(x)"),
    ],
)
def test_two_words_never_become_one(before: str, old: str, new: str, after: str) -> None:
    start = before.index(old)
    edits = [Edit(start=start, end=start + len(old), text=new.encode())]
    assert apply_edits(before.encode(), parted(before.encode(), edits)) == after.encode()
