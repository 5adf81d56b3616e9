"""What the package index says of a package: its files, when each came, what it needs, and what was withdrawn."""

from __future__ import annotations

import concurrent.futures
import datetime as dt
import functools
import os
from collections.abc import Iterable, Mapping, Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import platformdirs
import requests
from cachecontrol import CacheControl
from cachecontrol.caches.file_cache import FileCache
from packaging.metadata import Metadata
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.utils import (
    InvalidSdistFilename,
    InvalidWheelFilename,
    canonicalize_name,
    parse_sdist_filename,
    parse_wheel_filename,
)
from packaging.version import Version

from djup.environments.uv import pip_settings
from djup.errors import EnvironmentFailedError
from djup.model import Record

ACCEPT = "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.1"
"""The forms of an index page that are read, the one with upload dates first (https://peps.python.org/pep-0691/)."""

PYPI = "https://pypi.org/simple"

AT_ONCE = 8
PATIENCE = 30.0
"""Seconds an index may take to begin its answer."""


class IndexUnreachableError(EnvironmentFailedError):
    """An index gave no answer, or refused it. ``index`` is its address without credentials."""

    def __init__(self, problem: str, *, index: str) -> None:
        self.index = index
        super().__init__(
            problem, hint="Check the network, the address and the credentials of the index; then try again."
        )


class IndexFile(Record):
    """A file of a package: an sdist or a wheel.

    ``uploaded`` is None, and ``sha256`` empty, where the index does not say. ``metadata`` tells that the index gives
    its metadata alone.
    """

    version: str
    url: str
    wheel: bool
    uploaded: dt.date | None = None
    yanked: bool = False
    requires_python: str = ""
    metadata: bool = False
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
        return next(iter(self.fitting(python=python, pre=pre)), None)

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
            admits_python(file.requires_python, python)
            for file in self.files
            if file.version == version and not file.yanked
        )


def admits_python(requires: str, python: str) -> bool:
    """Whether a ``Requires-Python`` admits a version of Python; one that cannot be read forbids nothing, as for pip."""
    if not requires or not python:
        return True
    try:
        return SpecifierSet(requires).contains(python, prereleases=True)
    except InvalidSpecifier:
        return True


class Index:
    """A client of simple indexes, asked in turn; answers are kept on disk as long as the index allows.

    ``urls`` are their addresses, credentials in them or in the user's netrc file.
    """

    def __init__(self, urls: Sequence[str], *, cache: Path | None = None) -> None:
        self.urls = tuple(url.rstrip("/") + "/" for url in urls)
        folder = cache or platformdirs.user_cache_path("djup") / "index"
        self._session = CacheControl(requests.Session(), cache=FileCache(folder))
        self._known: dict[str, IndexPage] = {}

    def page(self, name: str) -> IndexPage:
        """What the first index that has a package says of it, asked once; raises IndexUnreachableError."""
        normal = canonicalize_name(name)
        if normal not in self._known:
            found = (self._page(url, normal) for url in self.urls)
            self._known[normal] = next((page for page in found if page.files), IndexPage(name=normal))
        return self._known[normal]

    def pages(self, names: Iterable[str]) -> dict[str, IndexPage]:
        """The pages of several packages, asked for at once."""
        wanted = sorted({canonicalize_name(name) for name in names})
        with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
            return dict(zip(wanted, pool.map(self.page, wanted), strict=True))

    def metadata(self, page: IndexPage, version: str) -> Metadata | None:
        """The metadata of a version, from the index alone; None where it offers none apart from the files."""
        for file in page.files:
            if file.version == version and file.metadata:
                answer = self._get(f"{file.url}.metadata")
                if answer is not None:
                    return Metadata.from_email(answer.content, validate=False)
        return None

    def _page(self, url: str, name: str) -> IndexPage:
        answer = self._get(f"{url}{name}/", Accept=ACCEPT)
        if answer is None:
            return IndexPage(name=name)
        if "json" in answer.headers.get("Content-Type", ""):
            files = [_of_json(file, answer.url) for file in answer.json().get("files", [])]
        else:
            files = [_of_link(link, answer.url) for link in _links(answer.text)]
        return IndexPage(name=name, files=tuple(file for file in files if file is not None))

    def _get(self, url: str, **headers: str) -> requests.Response | None:
        """The answer for an address, None where there is nothing; raises IndexUnreachableError without credentials."""
        shown = without_credentials(url)
        try:
            answer = self._session.get(url, headers=headers, timeout=PATIENCE)
        except requests.RequestException as error:
            raise IndexUnreachableError(
                f"the package index {shown} could not be reached ({type(error).__name__}).", index=shown
            ) from None
        if answer.status_code in (requests.codes.not_found, requests.codes.gone):
            return None
        if not answer.ok:
            raise IndexUnreachableError(f"the package index {shown} answered {answer.status_code}.", index=shown)
        return answer


def index_urls(options: Iterable[str] = ()) -> tuple[str, ...]:
    """The addresses of the indexes a user has set, for uv, for pip, or by options of requirements files; else PyPI."""
    first: list[str] = []
    more: list[str] = []
    for option in options:
        name, _, value = option.replace("=", " ", 1).partition(" ")
        if name in ("-i", "--index-url"):
            first = [value.strip()]
        elif name == "--extra-index-url":
            more.append(value.strip())
    settings = {**pip_settings(), **os.environ}
    default = settings.get("UV_DEFAULT_INDEX") or settings.get("UV_INDEX_URL") or PYPI
    others = f"{settings.get('UV_INDEX', '')} {settings.get('UV_EXTRA_INDEX_URL', '')}".split()
    named = [*more, *(other.partition("=")[2] if "=" in other.partition("://")[0] else other for other in others)]
    return tuple(dict.fromkeys([*named, *(first or [default])]))


def without_credentials(url: str) -> str:
    """An address without the user and password in it."""
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


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
        metadata=bool(file.get("core-metadata") or file.get("dist-info-metadata")),
        sha256=(file.get("hashes") or {}).get("sha256", ""),
    )


def _of_link(link: Mapping[str, str], base: str) -> IndexFile | None:
    url, fragment = urldefrag(urljoin(base, link.get("href", "")))
    known = version_of(unquote(urlsplit(url).path.rpartition("/")[2]))
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
        metadata="data-core-metadata" in link or "data-dist-info-metadata" in link,
        sha256=fragment.removeprefix("sha256=") if fragment.startswith("sha256=") else "",
    )


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[dict[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found.append({name: value or "" for name, value in attrs})


def _links(text: str) -> list[dict[str, str]]:
    """The attributes of every link of a page (https://peps.python.org/pep-0503/)."""
    parser = _Links()
    parser.feed(text)
    return parser.found
