"""A client of the package index: the pages of packages, asked for at once and kept."""

from __future__ import annotations

import concurrent.futures
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from urllib.parse import urlsplit

import platformdirs
import requests
from cachecontrol import CacheControl
from cachecontrol.caches.file_cache import FileCache
from packaging.utils import canonicalize_name

from djup.environments.uv import pip_settings
from djup.errors import EnvironmentFailedError
from djup.packages.pages import IndexFile, IndexPage, files_of_html, files_of_json

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

    def content(self, file: IndexFile) -> bytes:
        """A file itself; raises IndexUnreachableError where the index lists it and does not give it."""
        answer = self._get(file.url)
        if answer is None:
            shown = without_credentials(file.url)
            raise IndexUnreachableError(f"the package index lists {shown} and does not have it.", index=shown)
        return bytes(answer.content)

    def text(self, url: str) -> str:
        """What lies at an address of an index, ``""`` where there is nothing; raises IndexUnreachableError."""
        answer = self._get(url)
        return answer.text if answer is not None else ""

    def _page(self, url: str, name: str) -> IndexPage:
        answer = self._get(f"{url}{name}/", Accept=ACCEPT)
        if answer is None:
            return IndexPage(name=name)
        if "json" in answer.headers.get("Content-Type", ""):
            files = files_of_json(answer.json().get("files", []), answer.url)
        else:
            files = files_of_html(answer.text, answer.url)
        return IndexPage(name=name, files=files)

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
