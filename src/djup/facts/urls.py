"""What URLconfs say: their namespaces, their views for errors, and the views that are looked up by their paths."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from djup.facts.files import names_module
from djup.model import Record

_HANDLER_404 = re.compile(rb"""^handler404\s*=\s*['"](?:[\w.]*\.)?(\w+)\.(\w+)['"]""", re.MULTILINE)
_APP_NAME = re.compile(rb"^app_name[ \t]*=", re.MULTILINE)
_ERROR_VIEW = re.compile(rb"""^handler40[034][ \t]*=[ \t]*['"]?(?:[\w]+\.)*(\w+)['"]?[ \t]*\r?$""", re.MULTILINE)
_PATH = rb"""u?['"]([A-Za-z_]\w*(?:\.[A-Za-z_]\w*){2,})['"]"""
_REVERSED = (
    (b"reverse", re.compile(rb"reverse(?:_lazy)?\(\s*" + _PATH)),
    (b"redirect(", re.compile(rb"redirect\(\s*" + _PATH)),
    (b"resolve_url(", re.compile(rb"resolve_url\(\s*" + _PATH)),
    (b"LOGIN_", re.compile(rb"LOGIN_(?:REDIRECT_)?URL[ \t]*=[ \t]*" + _PATH)),
    (b"permalink", re.compile(rb"return[ \t]*\(\s*" + _PATH)),
    (b"url ", re.compile(rb"""%\s*url\s+['"]?([A-Za-z_]\w*(?:\.[A-Za-z_]\w*){2,})(?![\w.(])""")),
)
"""The ways to look an address up by the dotted path of a view, each with a word that it needs."""


class UrlFacts(Record):
    """The URLconfs of a project.

    ``named`` are the modules that give an ``app_name``. ``handlers_404`` are the views for missing pages, by module
    stem and name; ``error_views`` the names of functions for errors. ``reversed_paths`` are the dotted paths of views
    by which addresses are looked up.
    """

    named: frozenset[PurePosixPath] = frozenset()
    handlers_404: frozenset[tuple[str, str]] = frozenset()
    error_views: frozenset[str] = frozenset()
    reversed_paths: frozenset[str] = frozenset()

    def names_app(self, module: str) -> bool:
        """Whether a module of the project, by its dotted name, gives an ``app_name``."""
        return any(names_module(module, path, path) for path in self.named)


class UrlReader:
    """Reads URLconfs, and the lookups in modules and templates."""

    def __init__(self) -> None:
        self._named: set[PurePosixPath] = set()
        self._handlers_404: set[tuple[str, str]] = set()
        self._error_views: set[str] = set()
        self._reversed: set[str] = set()

    def read(self, path: PurePosixPath, body: bytes) -> None:
        """Look at a module or a template."""
        for word, pattern in _REVERSED:
            if word in body:
                self._reversed |= {match[1].decode() for match in pattern.finditer(body)}
        if path.suffix != ".py":
            return
        if b"handler40" in body:
            self._handlers_404 |= {(match[1].decode(), match[2].decode()) for match in _HANDLER_404.finditer(body)}
            self._error_views |= {match[1].decode() for match in _ERROR_VIEW.finditer(body)}
        if b"app_name" in body and _APP_NAME.search(body):
            self._named.add(path)

    def result(self) -> UrlFacts:
        """What all URLconfs say."""
        return UrlFacts(
            named=frozenset(self._named),
            handlers_404=frozenset(self._handlers_404),
            error_views=frozenset(self._error_views),
            reversed_paths=frozenset(self._reversed),
        )
