"""The facts of a project that no single file tells: its settings modules, and what modules import from others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from djup.model import Record

_SETTINGS = re.compile(rb"^(?:INSTALLED_APPS|ROOT_URLCONF)\s*\+?=", re.MULTILINE)
_HOLDER = re.compile(rb"^INSTALLED_APPS\s*=", re.MULTILINE)
_FROM_IMPORT = re.compile(rb"^[ \t]*from[ \t]+([.\w]+)[ \t]+import[ \t]+(\([^)]*\)|(?:[^\n\\]|\\\r?\n)*)", re.MULTILINE)
_APP_CONFIG = re.compile(rb"^class[ \t]+(\w+)[ \t]*\([^)]*Config\b[^)]*\)", re.MULTILINE)
_PATCHED = re.compile(rb"""\bpatch\(\s*['"][\w.]*?(\w+)\.(\w+)['"]""")
_WORD = re.compile(rb"[A-Za-z_]\w*")
_COMMENT = re.compile(rb"#[^\n]*")
_NAME = re.compile(rb"([\w*]+)(?:\s+as\s+\w+)?\s*(?:,|$)")


class Facts(Record):
    """What the files of a project say together. Paths are relative to its root.

    ``settings`` are its settings modules, ``holders`` those among them that a new setting belongs in: they
    list the apps, and star-import no other settings module. ``reexported`` has, by module file stem (or
    package folder), the names that other modules import from it or patch in it; ``"*"`` stands for all.
    ``stars`` has, by module stem, the modules that star-import it with all words
    in them. ``app_configs`` has, by package, the AppConfig classes of its ``apps.py``.
    """

    settings: frozenset[PurePosixPath] = frozenset()
    holders: frozenset[PurePosixPath] = frozenset()
    reexported: frozenset[tuple[str, str]] = frozenset()
    stars: Mapping[str, tuple[tuple[str, frozenset[str]], ...]] = {}
    app_configs: Mapping[PurePosixPath, tuple[str, ...]] = {}

    def imports_from(self, path: PurePosixPath, name: str) -> bool:
        """Whether another module may rely on a name of the module at a path: by import, star import or patching."""
        return self._is_taken(module_stem(path), name, frozenset())

    def _is_taken(self, stem: str, name: str, seen: frozenset[str]) -> bool:
        if (stem, name) in self.reexported:
            return True
        return any(
            name in words or (further not in seen and self._is_taken(further, name, seen | {stem}))
            for further, words in self.stars.get(stem, ())
        )


def module_stem(path: PurePosixPath) -> str:
    """The last part of the dotted name of the module at a path."""
    return path.parent.name if path.name == "__init__.py" else path.stem


def package_of(path: PurePosixPath) -> str:
    """The dotted package that relative imports in the module at a path start from."""
    return ".".join(path.parent.parts)


def is_migration(path: PurePosixPath) -> bool:
    """Whether a file is one of Django's (or South's) migrations."""
    return path.suffix == ".py" and path.parent.name in {"migrations", "south_migrations"} and path.stem != "__init__"


def is_python(path: PurePosixPath) -> bool:
    """Whether a file is Python source, by its name."""
    return path.suffix in {".py", ".pyi", ".wsgi"}


def is_template(path: PurePosixPath) -> bool:
    """Whether a file is a Django template: any text under a ``templates`` folder, or HTML outside the static files."""
    if "jinja2" in path.parts or path.suffix in {
        ".py",
        ".pyc",
        ".png",
        ".gif",
        ".jpg",
        ".ico",
        ".svg",
        ".jinja",
        ".j2",
    }:
        return False
    if "templates" in path.parts[:-1]:
        return True
    return path.suffix in {".html", ".htm", ".djhtml"} and not {"static", "docs", "media"}.intersection(path.parts)


def build_facts(root: Path, paths: Iterable[PurePosixPath], settings: Iterable[PurePosixPath] = ()) -> Facts:
    """Read the facts out of a project's files; ``settings`` are modules already known to be settings."""
    return facts_of(((path, (root / path).read_bytes()) for path in paths if path.suffix == ".py"), settings)


def facts_of(files: Iterable[tuple[PurePosixPath, bytes]], settings: Iterable[PurePosixPath] = ()) -> Facts:
    """Read the facts out of Python files given with their content."""
    seen = _Seen(settings)
    for path, body in files:
        seen.read(path, body)
    return seen.facts()


class _Seen:
    """What was read of the project so far."""

    def __init__(self, settings: Iterable[PurePosixPath]) -> None:
        self.settings = set(settings)
        self.listing: dict[PurePosixPath, set[str]] = {}
        self.reexported: set[tuple[str, str]] = set()
        self.app_configs: dict[PurePosixPath, tuple[str, ...]] = {}
        self.stars: dict[str, list[tuple[str, frozenset[str]]]] = {}

    def read(self, path: PurePosixPath, body: bytes) -> None:
        imported = set(_imported(path, body)) if b"import" in body else set()
        self.reexported |= imported | {(one[1].decode(), one[2].decode()) for one in _PATCHED.finditer(body)}
        stars = {stem for stem, name in imported if name == "*"}
        if stars:
            words = frozenset(one.decode() for one in _WORD.findall(body))
            for stem in stars:
                self.stars.setdefault(stem, []).append((module_stem(path), words))
        if path.name == "apps.py":
            self.app_configs[path.parent] = tuple(one[1].decode() for one in _APP_CONFIG.finditer(body))
        if _SETTINGS.search(body) or path in self.settings:
            self.settings.add(path)
            if _HOLDER.search(body):
                self.listing[path] = stars

    def facts(self) -> Facts:
        stems = {module_stem(path) for path in self.settings}
        return Facts(
            settings=frozenset(self.settings),
            holders=frozenset(path for path, stars in self.listing.items() if not stars & stems),
            reexported=frozenset(self.reexported),
            stars={stem: tuple(found) for stem, found in self.stars.items()},
            app_configs=self.app_configs,
        )


def _imported(path: PurePosixPath, body: bytes) -> Iterable[tuple[str, str]]:
    """The (module stem, name) pairs of the from-imports of a module, Django's own modules left out."""
    for match in _FROM_IMPORT.finditer(body):
        module = match[1].decode()
        if module.split(".", 1)[0] == "django":
            continue
        stem = module.rpartition(".")[2] or _folder(path, len(module))
        for name in _NAME.finditer(_COMMENT.sub(b"", match[2]).strip(b"()\\ \t\r\n")):
            yield stem, name[1].decode()


def _folder(path: PurePosixPath, dots: int) -> str:
    above = [path.parent, *path.parent.parents]
    return above[min(dots - 1, len(above) - 1)].name
