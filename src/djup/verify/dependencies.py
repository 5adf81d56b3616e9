"""Which package of an environment requires which, read from what installers left; nothing is imported."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from email.parser import HeaderParser
from pathlib import Path

from packaging.utils import canonicalize_name

from djup.verify.owners import EGG_VERSION

NAME = re.compile(r"^[A-Za-z0-9][\w.-]*")


class Installed:
    """The distributions of an environment: versions and requirements by normalised name."""

    def __init__(self, python: Path) -> None:
        self.environment = python.parent.parent

    def version(self, name: str) -> str:
        """The version of a distribution, ``""`` where it is not there."""
        return self._read.get(name, ("", ()))[0]

    def through(self, name: str, direct: Iterable[str]) -> tuple[str, ...]:
        """Those of the direct packages that require a package, at once or by way of others."""
        return tuple(sorted(top for top in direct if top != name and name in self._closure(top)))

    def _closure(self, name: str) -> set[str]:
        reached: set[str] = set()
        open_ones = [name]
        while open_ones:
            for required in self._read.get(open_ones.pop(), ("", ()))[1]:
                if required not in reached:
                    reached.add(required)
                    open_ones.append(required)
        return reached

    @functools.cached_property
    def _read(self) -> Mapping[str, tuple[str, tuple[str, ...]]]:
        found: dict[str, tuple[str, tuple[str, ...]]] = {}
        packages = [*self.environment.glob("lib/python*/site-packages")]
        for file in (file for folder in packages for file in folder.glob("*.dist-info/METADATA")):
            headers = HeaderParser().parsestr(file.read_text(encoding="utf-8", errors="replace"))
            requires = [str(line) for line in headers.get_all("Requires-Dist", []) if "extra ==" not in str(line)]
            found[canonicalize_name(str(headers["Name"]))] = (str(headers["Version"] or ""), _names(requires))
        for folder in (folder for package in packages for folder in package.glob("*.egg-info") if folder.is_dir()):
            name = canonicalize_name(EGG_VERSION.sub("", folder.name.removesuffix(".egg-info")))
            found.setdefault(name, (_header(folder / "PKG-INFO", "Version"), _names(_egg_requires(folder))))
        return found


def _names(lines: Iterable[str]) -> tuple[str, ...]:
    matches = (NAME.match(line.strip()) for line in lines)
    return tuple(canonicalize_name(match.group()) for match in matches if match)


def _egg_requires(folder: Path) -> list[str]:
    """The lines of ``requires.txt`` before its first section: the sections are extras."""
    file = folder / "requires.txt"
    return file.read_text(encoding="utf-8", errors="replace").partition("[")[0].splitlines() if file.is_file() else []


def _header(file: Path, name: str) -> str:
    if not file.is_file():
        return ""
    return str(HeaderParser().parsestr(file.read_text(encoding="utf-8", errors="replace"))[name] or "")
