"""The facts of files written down in a test."""

from __future__ import annotations

from pathlib import PurePosixPath

from djup.facts.project import Facts, facts_of


def of_files(**files: str) -> Facts:
    """The facts of some files, by their paths with ``__`` for each slash."""
    return facts_of((PurePosixPath(name.replace("__", "/")), text.encode()) for name, text in files.items())


def of_modules(**files: str) -> Facts:
    """The facts of some Python modules, by their paths without the ending."""
    return of_files(**{f"{name}.py": text for name, text in files.items()})
