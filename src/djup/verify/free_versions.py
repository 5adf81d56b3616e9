"""Which version of a package no longer does what a change removes: its own source is searched, version by version."""

from __future__ import annotations

import io
import tarfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Protocol

from packaging.version import Version

from djup.facts.files import is_python, is_template
from djup.fixers.engine.text import find_text
from djup.knowledge.changes import Change
from djup.packages.pages import IndexFile, IndexPage
from djup.verify.assertions import is_test_code
from djup.verify.inventory import Free


class VersionSource(Protocol):
    """What is needed of an index."""

    def page(self, name: str) -> IndexPage:
        """What the index has of a package."""

    def content(self, file: IndexFile) -> bytes:
        """A file itself."""


class FreeVersions:
    """Looks into the versions of packages, each fetched once."""

    def __init__(self, index: VersionSource, python: str) -> None:
        self.index = index
        self.python = python
        self._read: dict[str, Mapping[PurePosixPath, bytes]] = {}

    def first_free(self, name: str, now: str, change: Change) -> Free | None:
        """The first version after the present one whose source does not hold a change any more; None if none is known.

        Nothing is said where the search does not find it in the version there now: it would prove nothing. Versions
        that run on the project's Python are looked at by halving, so a way that came back is not noticed.
        """
        page = self.index.page(name)
        later = [version for version in reversed(page.fitting(python=self.python)) if Version(version) > Version(now)]
        if not later or not self._holds(page, now, change) or self._holds(page, later[-1], change):
            return None
        low, high = 0, len(later) - 1
        while low < high:
            middle = (low + high) // 2
            if self._holds(page, later[middle], change):
                low = middle + 1
            else:
                high = middle
        return Free(version=later[low], why="the first whose source does not do so any more")

    def _holds(self, page: IndexPage, version: str, change: Change) -> bool:
        return any(find_text(data, path, (change,)) for path, data in self._source(page, version).items())

    def _source(self, page: IndexPage, version: str) -> Mapping[PurePosixPath, bytes]:
        files = sorted((file for file in page.files if file.version == version), key=lambda file: not file.wheel)
        if not files:
            return {}
        if files[0].url not in self._read:
            self._read[files[0].url] = dict(source_files(self.index.content(files[0])))
        return self._read[files[0].url]


def source_files(archive: bytes) -> Iterator[tuple[PurePosixPath, bytes]]:
    """The Python files and templates of a wheel or an sdist, without those of its tests."""
    for name, data in _members(archive):
        path = PurePosixPath(name)
        if (is_python(path) or is_template(path)) and not is_test_code(path):
            yield path, data


def _members(archive: bytes) -> Iterator[tuple[str, bytes]]:
    file = io.BytesIO(archive)
    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as opened:
            yield from ((name, opened.read(name)) for name in opened.namelist() if not name.endswith("/"))
        return
    file.seek(0)
    with tarfile.open(fileobj=file) as sdist:
        for member in sdist:
            held = sdist.extractfile(member) if member.isfile() else None
            if held is not None:
                yield member.name, held.read()
