"""The patch of a fix, which ``git apply`` must take whatever names and bytes files have."""

from __future__ import annotations

import subprocess
from pathlib import Path, PurePosixPath

import pytest

from djup.report.diff import unified_diff


@pytest.mark.parametrize("name", ["a.py", "with blank.py", "new\nline.py", 'quo"te.py', "esc\x1b[2J.py", "naïve.py"])
@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"one\ntwo\n", b"one\n2\n"),
        (b"one\x0ctwo\nthree\n", b"one\x0ctwo\n3\n"),
        (b"caf\xe9\nx\n", b"caf\xe9\ny\n"),
        (b"one\r\ntwo\r\n", b"one\r\n2\r\n"),
        (b"no end", b"no end at all"),
        ("one\u2028two\nx\n".encode(), "one\u2028two\ny\n".encode()),
        (None, b"made\n"),
    ],
    ids=["plain", "form feed", "latin-1", "crlf", "no newline at the end", "line separator", "a new file"],
)
def test_git_applies_it(tmp_path: Path, name: str, old: bytes | None, new: bytes):
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    if old is not None:
        (tmp_path / name).write_bytes(old)
    patch = unified_diff(tmp_path, {PurePosixPath(name): new}).encode("utf-8", "surrogateescape")
    subprocess.run(["git", "apply", "--whitespace=nowarn", "-"], cwd=tmp_path, input=patch, check=True)
    assert (tmp_path / name).read_bytes() == new
