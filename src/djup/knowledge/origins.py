"""Which dotted names a Python file can reach, by the bytes of its imports alone: rather too many than too few."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache

from djup.model import Record

_FROM = re.compile(rb"from[ \t]+([.\w]+)[ \t\\\r\n]+import[ \t\\\r\n]*(\([^)]*\)|(?:[^\n\\]|\\\r?\n)*)")
_NAME = re.compile(rb"(\w+|\*)(?:[ \t]+as[ \t]+(\w+))?")
_ALIAS = re.compile(rb"([\w.]+)[ \t]+as[ \t]+(\w+)")
_WORD = re.compile(rb"\w")
_PLAIN = re.compile(rb"import[ \t]+([^\n]*)")


class Way(Record):
    """A dotted name, as bytes too, and each module or class on the way to it with the name that follows there."""

    dotted: str
    spelled: bytes
    steps: tuple[tuple[str, bytes], ...]


@lru_cache(maxsize=8192)
def way_to(dotted: str) -> Way:
    """The ways on which a file can come to a dotted name."""
    parts = dotted.split(".")
    steps = tuple((".".join(parts[:at]), f".{parts[at]}".encode()) for at in range(1, len(parts)))
    return Way(dotted=dotted, spelled=dotted.encode(), steps=steps)


class _Taken(Record):
    """What an import statement takes: origins with the names they get here, and all that lies above them.

    A name is empty where all of a module is taken, or where that cannot be told.
    """

    names: frozenset[tuple[str, bytes]]
    above: frozenset[str]


class Origins:
    """The imports of a file, read when first asked for. ``package`` is what its relative ones start from."""

    def __init__(self, body: bytes, package: str = "") -> None:
        self._body = body
        self._package = package

    def reach(self, way: Way) -> bool:
        """Whether the file may speak of a name: spelled out, or through a module on the way to it, or in it."""
        if way.dotted in self._above:
            return True
        for module, follows in way.steps:
            for local in self._names.get(module, ()):
                if not local or _stands(local + follows, self._body):
                    return True
        return _stands(way.spelled, self._body)

    @cached_property
    def _taken(self) -> tuple[_Taken, ...]:
        return tuple(self._statements())

    def _statements(self) -> Iterator[_Taken]:
        for match in _FROM.finditer(self._body):
            yield _from_import(match[1], match[2], self._package if match[1][:1] == b"." else "")
        for line in _PLAIN.finditer(self._body):
            if b"as" in line[1]:
                yield _plain_import(line[1])

    @cached_property
    def _above(self) -> frozenset[str]:
        return frozenset().union(*(one.above for one in self._taken))

    @cached_property
    def _names(self) -> dict[str, set[bytes]]:
        found: dict[str, set[bytes]] = {}
        for one in self._taken:
            for origin, local in one.names:
                found.setdefault(origin, set()).add(local)
        return found


def _stands(name: bytes, body: bytes) -> bool:
    """Whether a dotted name stands in a body and ends where a word does."""
    start = body.find(name)
    while start >= 0:
        end = start + len(name)
        if not _WORD.match(body, end):
            return True
        start = body.find(name, end)
    return False


@lru_cache(maxsize=8192)
def _from_import(module: bytes, listed: bytes, package: str) -> _Taken:
    """The same statement stands in many files: it is taken apart once."""
    name = _absolute(module.decode(), package)
    found = {(f"{name}.{taken.decode()}", alias or taken) for taken, alias in _NAME.findall(listed)}
    if b"*" in listed or b"#" in listed:
        found.add((name, b""))
    return _with_above(found)


@lru_cache(maxsize=8192)
def _plain_import(listed: bytes) -> _Taken:
    return _with_above({(module.decode(), alias) for module, alias in _ALIAS.findall(listed)})


def _with_above(names: set[tuple[str, bytes]]) -> _Taken:
    above = {origin for origin, _ in names}
    for origin in tuple(above):
        parts = origin.split(".")
        above.update(".".join(parts[:at]) for at in range(1, len(parts)))
    return _Taken(names=frozenset(names), above=frozenset(above))


def _absolute(module: str, package: str) -> str:
    bare = module.lstrip(".")
    dots = len(module) - len(bare)
    if not dots:
        return module
    parts = package.split(".") if package else []
    return ".".join([*parts[: max(0, len(parts) - dots + 1)], *([bare] if bare else [])])
