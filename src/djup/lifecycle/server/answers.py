"""The answers of the site: what each path gives, with its kind and its entity tag."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import NamedTuple

Header = tuple[bytes, bytes]

TYPES = {
    "html": b"text/html; charset=utf-8",
    "json": b"application/json",
    "svg": b"image/svg+xml",
    "ics": b"text/calendar; charset=utf-8",
    "atom": b"application/atom+xml; charset=utf-8",
    "css": b"text/css; charset=utf-8",
    "js": b"text/javascript; charset=utf-8",
}
POLICY = (
    b"default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    b"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
COMMON: tuple[Header, ...] = (
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"ETag"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"content-security-policy", POLICY),
)


class Answer(NamedTuple):
    """A body with its headers; ``headers`` are all but the length."""

    body: bytes
    etag: bytes
    headers: tuple[Header, ...]


def make_answer(path: str, body: bytes) -> Answer:
    """The answer a file of the site gives."""
    etag = b'"' + hashlib.blake2b(body, digest_size=12).hexdigest().encode() + b'"'
    kind = TYPES.get(path.rsplit(".", 1)[-1], b"application/octet-stream")
    cached: tuple[Header, ...] = (
        (b"content-type", kind),
        (b"etag", etag),
        (b"cache-control", b"public, max-age=3600"),
        (b"accept-ranges", b"bytes"),
    )
    return Answer(body, etag, (*cached, *COMMON))


class Answers:
    """All answers of one build of the site."""

    def __init__(self, files: Iterable[tuple[str, bytes]]) -> None:
        self.by_path: Mapping[str, Answer] = {path: make_answer(path, body) for path, body in files}

    def find(self, path: str) -> Answer | str | None:
        """What a request path gives: an answer, the path to go to instead, or nothing."""
        name = path.removeprefix("/")
        if name in self.by_path:
            return self.by_path[name]
        bare = name.rstrip("/")
        if not name or name.endswith("/"):
            page = self.by_path.get(f"{bare}/index.html".removeprefix("/"))
            if page is not None:
                return page
        elif f"{bare}/index.html" in self.by_path and f"{bare}.json" not in self.by_path:
            return f"/{bare}/"
        return self.by_path.get(f"{bare}.json") if bare.startswith("api/") else None

    @property
    def missing_page(self) -> Answer:
        """The page for people who ask for what is not there."""
        return self.by_path["404.html"]
