"""A package's page of an index, in either form: its files, when each came, and what was withdrawn."""

from __future__ import annotations

import datetime as dt
import email
import functools
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.utils import (
    InvalidSdistFilename,
    InvalidWheelFilename,
    canonicalize_name,
    parse_sdist_filename,
    parse_wheel_filename,
)
from packaging.version import Version

from djup.model import Record

LINK = re.compile(r"""<a\b((?:[^>"']|"[^"]*"|'[^']*')*)>""", re.IGNORECASE)
ATTRIBUTE = re.compile(r"""([\w-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")


class IndexFile(Record):
    """A file of a package: an sdist or a wheel.

    ``uploaded`` is None, and ``sha256`` empty, where the index does not say.
    """

    version: str
    url: str
    wheel: bool
    uploaded: dt.date | None = None
    yanked: bool = False
    requires_python: str = ""
    sha256: str = ""


class IndexPage(Record):
    """What an index has of a package; ``files`` are empty where it has none."""

    name: str
    files: tuple[IndexFile, ...] = ()

    def versions(self) -> tuple[str, ...]:
        """Every version that has a file which was not withdrawn, oldest first."""
        return tuple(sorted({file.version for file in self.files if not file.yanked}, key=Version))

    def newest(self, *, python: str = "", pre: bool = False) -> str | None:
        """The newest version that runs on a Python (``"3.12.1"``), pre-releases only where asked for."""
        return next((one for one in reversed(self.versions()) if self._fits(one, python=python, pre=pre)), None)

    def fitting(self, *, python: str = "", pre: bool = False) -> list[str]:
        """Every version that runs on a Python, newest first, pre-releases only where asked for."""
        return [one for one in reversed(self.versions()) if self._fits(one, python=python, pre=pre)]

    def uploaded(self, version: str) -> dt.date | None:
        """The day the first file of a version came; None where the index does not say."""
        days = [file.uploaded for file in self.files if file.version == version and file.uploaded]
        return min(days, default=None)

    def last_upload(self) -> dt.date | None:
        """The day the newest file came, of whatever version."""
        return max((file.uploaded for file in self.files if file.uploaded), default=None)

    def _fits(self, version: str, *, python: str, pre: bool) -> bool:
        if Version(version).is_prerelease and not pre:
            return False
        return any(
            file.version == version and not file.yanked and admits_python(file.requires_python, python)
            for file in self.files
        )


@functools.lru_cache(maxsize=10_000)
def admits_python(requires: str, python: str) -> bool:
    """Whether a ``Requires-Python`` admits a version of Python; one that cannot be read forbids nothing, as for pip."""
    if not requires or not python:
        return True
    try:
        return SpecifierSet(requires).contains(python, prereleases=True)
    except InvalidSpecifier:
        return True


def files_of_json(files: Sequence[Mapping[str, Any]], base: str) -> tuple[IndexFile, ...]:
    """The files of a page in JSON (https://peps.python.org/pep-0691/); ``base`` is the page's own address."""
    return tuple(found for file in files if (found := _of_json(file, base)) is not None)


def files_of_html(text: str, base: str) -> tuple[IndexFile, ...]:
    """The files of a page in HTML (https://peps.python.org/pep-0503/)."""
    return tuple(found for link in _links(text) if (found := _of_link(link, base)) is not None)


def files_of_folder(folder: Path, name: str) -> tuple[IndexFile, ...]:
    """The files of a package in a folder of wheels and sdists; nothing tells the days they are from."""
    found = []
    for path in sorted(folder.iterdir()):
        known = version_of(path.name)
        if known is not None and _is_of(path.name, name):
            requires = _requires_python(path) if known[1] else ""
            file = IndexFile(version=known[0], url=path.as_uri(), wheel=known[1], requires_python=requires)
            found.append(file)
    return tuple(found)


def _is_of(filename: str, name: str) -> bool:
    """Whether a file is one of a package's: its name is what stands before the version."""
    if filename.endswith(".whl"):
        return canonicalize_name(filename.partition("-")[0]) == name
    return canonicalize_name(re.split(r"-(?=\d)", filename)[0]) == name


def _requires_python(wheel: Path) -> str:
    """The Requires-Python of a wheel; ``""`` where it has none or cannot be read."""
    try:
        with zipfile.ZipFile(wheel) as archive:
            name = next(one for one in archive.namelist() if one.endswith(".dist-info/METADATA"))
            metadata = email.message_from_bytes(archive.read(name))
    except (OSError, StopIteration, zipfile.BadZipFile):
        return ""
    return str(metadata.get("Requires-Python") or "")


@functools.lru_cache(maxsize=100_000)
def version_of(filename: str) -> tuple[str, bool] | None:
    """The version of a file by its name, and whether it is a wheel; None for what is neither wheel nor sdist."""
    try:
        if filename.endswith(".whl"):
            return str(parse_wheel_filename(filename)[1]), True
        return str(parse_sdist_filename(filename.removesuffix(".bz2").removesuffix(".tgz"))[1]), False
    except (InvalidSdistFilename, InvalidWheelFilename):
        return None


def _of_json(file: Mapping[str, Any], base: str) -> IndexFile | None:
    known = version_of(file["filename"])
    if known is None:
        return None
    uploaded = file.get("upload-time") or ""
    return IndexFile(
        version=known[0],
        wheel=known[1],
        url=urljoin(base, file["url"]),
        uploaded=dt.date.fromisoformat(uploaded[:10]) if uploaded else None,
        yanked=bool(file.get("yanked")),
        requires_python=file.get("requires-python") or "",
        sha256=(file.get("hashes") or {}).get("sha256", ""),
    )


def _of_link(link: Mapping[str, str], base: str) -> IndexFile | None:
    url, fragment = _address(link.get("href", ""), base)
    known = version_of(unquote(url.partition("?")[0].rpartition("/")[2]))
    if known is None:
        return None
    uploaded = link.get("data-upload-time", "")
    return IndexFile(
        version=known[0],
        wheel=known[1],
        url=url,
        uploaded=dt.date.fromisoformat(uploaded[:10]) if uploaded else None,
        yanked="data-yanked" in link,
        requires_python=link.get("data-requires-python", ""),
        sha256=fragment.removeprefix("sha256=") if fragment.startswith("sha256=") else "",
    )


def _links(text: str) -> Iterator[dict[str, str]]:
    """The attributes of every link of a page (https://peps.python.org/pep-0503/); pages of thousands are usual.

    The attributes are what counts, so two patterns do here what a parser of HTML takes ten times as long for.
    """
    for link in LINK.finditer(text):
        found = {name.lower(): quoted or single or bare for name, quoted, single, bare in ATTRIBUTE.findall(link[1])}
        yield {name: unescape(value) if "&" in value else value for name, value in found.items()}


def _address(href: str, base: str) -> tuple[str, str]:
    """The address and the fragment of a link."""
    url, _, fragment = href.partition("#")
    return (url if url.startswith(("https://", "http://")) else urljoin(base, url)), fragment
