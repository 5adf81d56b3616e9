"""Whose a file is: the project's own, Django's, Python's, or a distribution's."""

from __future__ import annotations

import functools
import re
from pathlib import Path

from packaging.utils import canonicalize_name

EGG_VERSION = re.compile(r"-\d.*$")
"""What follows the name in ``South-0.8.1-py2.7``."""


class Owners:
    """Tells the owner of a file in an environment.

    ``own``, ``django``, ``python``, or a distribution's normalised name.
    """

    def __init__(self, root: Path, python: Path) -> None:
        self.root = root.resolve()
        self.environment = python.parent.parent

    def of(self, path: str) -> str:
        """The owner of a file as a traceback or a warning names it."""
        if not path:
            return ""
        file = Path(path) if Path(path).is_absolute() else self.root / path
        if "site-packages" in file.parts or "dist-packages" in file.parts:
            mark = "site-packages" if "site-packages" in file.parts else "dist-packages"
            inside = file.parts[file.parts.index(mark) + 1 :]
            top = inside[0].removesuffix(".py") if inside else ""
            return "django" if top == "django" else self._distributions.get(top, canonicalize_name(top))
        return "own" if file.resolve().is_relative_to(self.root) else "python"

    def provider(self, module: str) -> str:
        """The distribution that installed an importable name, ``""`` where none did."""
        return self._distributions.get(module.partition(".")[0], "")

    def relative(self, path: str) -> str:
        """A path relative to the project where it lies in it, else as it is."""
        file = Path(path) if Path(path).is_absolute() else self.root / path
        resolved = file.resolve()
        return str(resolved.relative_to(self.root)) if resolved.is_relative_to(self.root) else path

    @functools.cached_property
    def _distributions(self) -> dict[str, str]:
        """The distribution that installed each top-level name, by the lists the installer left."""
        owners: dict[str, str] = {}
        for record in self.environment.glob("lib/python*/site-packages/*.dist-info/RECORD"):
            name = canonicalize_name(record.parent.name.removesuffix(".dist-info").rpartition("-")[0])
            for line in record.read_text(encoding="utf-8", errors="replace").splitlines():
                top = line.split(",", 1)[0].split("/", 1)[0].removesuffix(".py")
                if top and not top.endswith((".dist-info", ".pth")) and top not in ("..", "__pycache__"):
                    owners.setdefault(top, name)
        # What an old pip installed without a wheel: it left the names in a file of their own.
        for listed in self.environment.glob("lib/python*/site-packages/*.egg-info/top_level.txt"):
            name = canonicalize_name(EGG_VERSION.sub("", listed.parent.name.removesuffix(".egg-info")))
            for top in listed.read_text(encoding="utf-8", errors="replace").split():
                owners.setdefault(top, name)
        return owners
