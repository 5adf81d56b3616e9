"""A client of the package index: the pages of packages, asked for at once and kept."""

from __future__ import annotations

import concurrent.futures
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import platformdirs
import requests
from cachecontrol import CacheControl, CacheControlAdapter
from cachecontrol.caches.file_cache import FileCache
from cachecontrol.heuristics import BaseHeuristic
from packaging.utils import canonicalize_name

from djup.environments.sources import Sources
from djup.errors import EnvironmentFailedError
from djup.packages.pages import IndexFile, IndexPage, files_of_folder, files_of_html, files_of_json

ACCEPT = "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.1"
"""The forms of an index page that are read, the one with upload dates first (https://peps.python.org/pep-0691/)."""

FRESH = 3600
"""Seconds for which a kept answer is taken as it is: a run sees one state of an index."""

FOREVER = 100 * 365 * 86400
"""Seconds for which a kept answer counts as fresh where nobody can be asked."""

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


class KeptOnly(CacheControlAdapter):
    """Answers from the cache alone, however old."""

    def send(self, request: requests.PreparedRequest, *args: Any, **more: Any) -> requests.Response:  # noqa: ARG002
        """Return what is kept; raises requests.ConnectionError where nothing is."""
        request.headers["Cache-Control"] = f"max-age={FOREVER}"
        kept = self.controller.cached_request(request)
        if not kept:
            raise requests.ConnectionError(request=request)
        return self.build_response(request, kept, from_cache=True)


class KeepAWhile(BaseHeuristic):
    """Keeps what an index says nothing about for as long as a command runs, and for those that ask nobody."""

    def update_headers(self, response: Any) -> dict[str, str]:
        """Return what to add to an answer that does not say how long it holds."""
        told = {"cache-control", "expires", "etag"} & {name.lower() for name in response.headers}
        return {} if told else {"cache-control": "max-age=60"}


class Index:
    """A client of simple indexes, asked in turn; answers are kept on disk as long as the index allows.

    ``urls`` are their addresses, credentials in them or in the user's netrc file; ``folders`` hold wheels and sdists
    that count beside what an index has. ``offline`` takes what is kept, however old,
    and ``fresh`` what is no older than so many seconds, whatever the index says.
    """

    def __init__(
        self,
        urls: Sequence[str],
        *,
        folders: Sequence[Path] = (),
        offline: bool = False,
        fresh: int = 0,
        cache: Path | None = None,
    ) -> None:
        self.urls = tuple(url.rstrip("/") + "/" for url in urls)
        self.folders = tuple(folders)
        self.offline = offline
        self.fresh = fresh
        kept = FileCache(cache or platformdirs.user_cache_path("djup") / "index")
        adapter = KeptOnly if offline else CacheControlAdapter
        self._session = CacheControl(requests.Session(), cache=kept, heuristic=KeepAWhile(), adapter_class=adapter)
        self._known: dict[str, IndexPage] = {}

    @classmethod
    def of(cls, sources: Sources, *, cache: Path | None = None) -> Index:
        """The client of some sources; of ``find_links`` the folders of this machine."""
        folders = [Path(one.removeprefix("file://")) for one in sources.find_links]
        there = [folder for folder in folders if folder.is_dir()]
        return cls(sources.urls, folders=there, offline=sources.offline, fresh=FRESH, cache=cache)

    def page(self, name: str) -> IndexPage:
        """What the first index that has a package says of it, asked once; raises IndexUnreachableError."""
        normal = canonicalize_name(name)
        if normal not in self._known:
            here = tuple(file for folder in self.folders for file in files_of_folder(folder, normal))
            self._known[normal] = IndexPage(name=normal, files=(*here, *self._of_indexes(normal, needed=not here)))
        return self._known[normal]

    def _of_indexes(self, name: str, *, needed: bool) -> tuple[IndexFile, ...]:
        """The files of the first index that has a package; offline, one that is not needed need not be kept."""
        try:
            found = (self._page(url, name) for url in self.urls)
            return next((page.files for page in found if page.files), ())
        except IndexUnreachableError:
            if needed or not self.offline:
                raise
            return ()

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

    def _why(self, error: requests.RequestException) -> str:
        return "it is not kept, and --offline asks nobody" if self.offline else type(error).__name__

    def _get(self, url: str, **headers: str) -> requests.Response | None:
        """The answer for an address, None where there is nothing; raises IndexUnreachableError without credentials."""
        shown = without_credentials(url)
        try:
            fresh = {"Cache-Control": f"max-age={self.fresh}"} if self.fresh else {}
            answer = self._session.get(url, headers={**fresh, **headers}, timeout=PATIENCE)
        except requests.RequestException as error:
            raise IndexUnreachableError(
                f"the package index {shown} could not be reached ({self._why(error)}).", index=shown
            ) from None
        if answer.status_code in (requests.codes.not_found, requests.codes.gone):
            return None
        if not answer.ok:
            raise IndexUnreachableError(f"the package index {shown} answered {answer.status_code}.", index=shown)
        return answer


def without_credentials(url: str) -> str:
    """An address without the user and password in it."""
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
