"""Which modules there are, and which names they take from one another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from djup.facts.files import module_stem
from djup.model import Record

_FROM_IMPORT = re.compile(rb"from[ \t]+([.\w]+)[ \t]+import[ \t]+(\([^)]*\)|(?:[^\n\\]|\\\r?\n)*)")
"""Begins with letters, so that it is looked for fast; what stands before it is looked at afterwards."""
_PATCHED = re.compile(rb"""\bpatch\(\s*['"][\w.]*?(\w+)\.(\w+)['"]""")
_WORD = re.compile(rb"[A-Za-z_]\w*")
_COMMENT = re.compile(rb"#[^\n]*")
_NAME = re.compile(rb"([\w*]+)(?:\s+as\s+\w+)?\s*(?:,|$)")


class ImportFacts(Record):
    """The modules of a project, and what they take from one another.

    ``taken`` has, by module file stem (or package folder), the names that other modules import from it or patch in it;
    ``"*"`` stands for all. ``stars`` has, by module stem, the modules that star-import it with all words in them.
    ``modules`` are the names of all modules, ``siblings`` has those of each package, by its folder.
    """

    taken: frozenset[tuple[str, str]] = frozenset()
    stars: Mapping[str, tuple[tuple[str, frozenset[str]], ...]] = {}
    modules: frozenset[str] = frozenset()
    siblings: Mapping[PurePosixPath, frozenset[str]] = {}

    def has_module(self, name: str) -> bool:
        """Whether the project has a module of that name, wherever it lies."""
        return name in self.modules

    def relies_on(self, path: PurePosixPath, name: str) -> bool:
        """Whether another module may rely on a name of the module at a path: by import, star import or patching."""
        return self._is_taken(module_stem(path), name, frozenset())

    def _is_taken(self, stem: str, name: str, seen: frozenset[str]) -> bool:
        if (stem, name) in self.taken:
            return True
        return any(
            name in words or (further not in seen and self._is_taken(further, name, seen | {stem}))
            for further, words in self.stars.get(stem, ())
        )


class ImportReader:
    """Reads the imports of modules."""

    def __init__(self) -> None:
        self._taken: set[tuple[str, str]] = set()
        self._stars: dict[str, list[tuple[str, frozenset[str]]]] = {}
        self._folders: dict[PurePosixPath, set[str]] = {}
        self._modules: set[str] = set()

    def read(self, path: PurePosixPath, body: bytes) -> None:
        """Look at a module."""
        if path.suffix != ".py":
            return
        self._folders.setdefault(path.parent, set()).add(path.stem)
        self._modules.add(module_stem(path))
        imported = set(_imported(path, body)) if b"import" in body else set()
        self._taken |= imported
        if b"patch(" in body:
            self._taken |= {(match[1].decode(), match[2].decode()) for match in _PATCHED.finditer(body)}
        stars = {stem for stem, name in imported if name == "*"}
        if stars:
            words = frozenset(word.decode() for word in _WORD.findall(body))
            for stem in stars:
                self._stars.setdefault(stem, []).append((module_stem(path), words))

    def result(self) -> ImportFacts:
        """What all modules take."""
        return ImportFacts(
            taken=frozenset(self._taken),
            stars={stem: tuple(found) for stem, found in self._stars.items()},
            modules=frozenset(self._modules),
            siblings=self._siblings(),
        )

    def _siblings(self) -> dict[PurePosixPath, frozenset[str]]:
        packages = {folder for folder, names in self._folders.items() if "__init__" in names}
        for folder in packages:
            self._folders.setdefault(folder.parent, set()).add(folder.name)
        return {folder: frozenset(self._folders[folder] - {"__init__"}) for folder in packages}


def _imported(path: PurePosixPath, body: bytes) -> Iterable[tuple[str, str]]:
    """The (module stem, name) pairs of the from-imports of a module, Django's own modules left out."""
    for match in _FROM_IMPORT.finditer(body):
        module = match[1].decode()
        if module.split(".", 1)[0] == "django" or not _begins_line(body, match.start()):
            continue
        stem = module.rpartition(".")[2] or _folder(path, len(module))
        for name in _NAME.finditer(_COMMENT.sub(b"", match[2]).strip(b"()\\ \t\r\n")):
            yield stem, name[1].decode()


def _begins_line(body: bytes, start: int) -> bool:
    """Whether there is nothing but space before a place in its line."""
    return not body[body.rfind(b"\n", 0, start) + 1 : start].strip(b" \t")


def _folder(path: PurePosixPath, dots: int) -> str:
    above = [path.parent, *path.parent.parents]
    return above[min(dots - 1, len(above) - 1)].name
