"""Which dotted names a Python file can reach, by the bytes of its imports alone: rather too many than too few."""

from __future__ import annotations

import re
from functools import cached_property

_FROM = re.compile(rb"from[ \t]+([.\w]+)[ \t\\\r\n]+import[ \t\\\r\n]*(\([^)]*\)|(?:[^\n\\]|\\\r?\n)*)")
_NAME = re.compile(rb"(\w+|\*)(?:[ \t]+as[ \t]+(\w+))?")
_ALIAS = re.compile(rb"([\w.]+)[ \t]+as[ \t]+(\w+)")
_PLAIN = re.compile(rb"import[ \t]+([^\n]*)")


class Origins:
    """The imports of a file, read when first asked for. ``package`` is what its relative ones start from."""

    def __init__(self, body: bytes, package: str = "") -> None:
        self._body = body
        self._package = package

    def reach(self, dotted: str) -> bool:
        """Whether the file may speak of a name: spelled out, or through a module on the way to it, or in it."""
        if dotted.encode() in self._body:
            return True
        return any(self._leads(origin, local, dotted) for origin, local in self._imports)

    def _leads(self, origin: str, local: str, dotted: str) -> bool:
        if dotted.startswith(f"{origin}."):
            return not local or f"{local}.{dotted[len(origin) + 1 :].partition('.')[0]}".encode() in self._body
        return origin == dotted or origin.startswith(f"{dotted}.")

    @cached_property
    def _imports(self) -> frozenset[tuple[str, str]]:
        """What names stand for, and the names; without one where all of a module is taken, or that cannot be told."""
        found: set[tuple[str, str]] = set()
        for match in _FROM.finditer(self._body):
            module, listed = self._absolute(match[1].decode()), match[2]
            if b"*" in listed or b"#" in listed:
                found.add((module, ""))
            for name, alias in _NAME.findall(listed):
                found.add((f"{module}.{name.decode()}", (alias or name).decode()))
        for line in _PLAIN.finditer(self._body):
            found |= {(module.decode(), alias.decode()) for module, alias in _ALIAS.findall(line[1])}
        return frozenset(found)

    def _absolute(self, module: str) -> str:
        bare = module.lstrip(".")
        dots = len(module) - len(bare)
        if not dots:
            return module
        parts = self._package.split(".") if self._package else []
        return ".".join([*parts[: max(0, len(parts) - dots + 1)], *([bare] if bare else [])])
