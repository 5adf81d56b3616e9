"""Kinds of files, told by their paths."""

from __future__ import annotations

from pathlib import PurePosixPath

from djup.facts.files import is_migration, is_template


def test_kinds_of_files_are_told_by_their_place() -> None:
    assert is_migration(PurePosixPath("shop/migrations/0001_a.py"))
    assert not is_migration(PurePosixPath("shop/migrations/__init__.py"))
    assert is_template(PurePosixPath("shop/templates/a.txt"))
    assert is_template(PurePosixPath("templates/docs/a.txt"))
    assert is_template(PurePosixPath("docs/templates/docs/a.txt"))
    assert not is_template(PurePosixPath("docs/ref/templates/api.txt"))
    assert is_template(PurePosixPath("shop/a.html"))
    assert not is_template(PurePosixPath("shop/jinja2/a.html"))
    assert not is_template(PurePosixPath("shop/static/a.html"))
