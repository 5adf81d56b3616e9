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
_COMMENT = re.compile(rb"#[^\n]*")
_NAME = re.compile(rb"([\w*]+)(?:\s+as\s+\w+)?\s*(?:,|$)")


class Facts(Record):
    """What the files of a project say together. Paths are relative to its root.

    ``settings`` are its settings modules, ``holders`` those among them that a new setting belongs in: they
    list the apps, and star-import no other settings module. ``reexported`` has, by module file stem (or
    package folder), the names that other modules import from it or patch in it; ``"*"`` stands for all.
    ``app_configs`` has, by package, the AppConfig classes of its ``apps.py``.
    """

    settings: frozenset[PurePosixPath] = frozenset()
    holders: frozenset[PurePosixPath] = frozenset()
    reexported: frozenset[tuple[str, str]] = frozenset()
    app_configs: Mapping[PurePosixPath, tuple[str, ...]] = {}

    def imports_from(self, path: PurePosixPath, name: str) -> bool:
        """Whether another module may import a name from the module at a path."""
        stem = module_stem(path)
        return (stem, name) in self.reexported or (stem, "*") in self.reexported


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
    modules = set(settings)
    listing: dict[PurePosixPath, set[str]] = {}
    reexported: set[tuple[str, str]] = set()
    app_configs: dict[PurePosixPath, tuple[str, ...]] = {}
    for path, body in files:
        if path.name == "apps.py":
            app_configs[path.parent] = tuple(one[1].decode() for one in _APP_CONFIG.finditer(body))
        imported = set(_imported(path, body)) if b"import" in body else set()
        reexported |= imported | {(one[1].decode(), one[2].decode()) for one in _PATCHED.finditer(body)}
        if _SETTINGS.search(body) or path in modules:
            modules.add(path)
            if _HOLDER.search(body):
                listing[path] = {stem for stem, name in imported if name == "*"}
    stems = {module_stem(path) for path in modules}
    holders = frozenset(path for path, stars in listing.items() if not stars & stems)
    return Facts(
        settings=frozenset(modules), holders=holders, reexported=frozenset(reexported), app_configs=app_configs
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
