"""What a file is by its path: Python, a template, a migration, a translation; and the names that modules have."""

from __future__ import annotations

from pathlib import PurePosixPath

_NO_TEMPLATES = frozenset({".py", ".pyc", ".png", ".gif", ".jpg", ".ico", ".svg", ".jinja", ".j2"})
"""What lies among templates and is none, or one of another language."""


def is_python(path: PurePosixPath) -> bool:
    """Whether a file is Python source, by its name."""
    return path.suffix in {".py", ".pyi", ".wsgi"}


def is_migration(path: PurePosixPath) -> bool:
    """Whether a file is one of Django's (or South's) migrations."""
    return path.suffix == ".py" and path.parent.name in {"migrations", "south_migrations"} and path.stem != "__init__"


def is_template(path: PurePosixPath) -> bool:
    """Whether a file is a Django template: any text under a ``templates`` folder, or HTML outside the static files.

    Documentation about templates is none.
    """
    if "jinja2" in path.parts or path.suffix in _NO_TEMPLATES:
        return False
    if "templates" in path.parts[:-1]:
        above = path.parts[: max(0, path.parts.index("templates") - 1)]  # an app may be named docs
        return not ({"docs", "doc"}.intersection(above) and path.suffix in {".txt", ".rst", ".md"})
    return path.suffix in {".html", ".htm", ".djhtml"} and not {"static", "docs", "media"}.intersection(path.parts)


def is_translation(path: PurePosixPath) -> bool:
    """Whether a file is a catalogue of translations."""
    return path.suffix == ".po"


def is_initial_data(path: PurePosixPath) -> bool:
    """Whether a file is a fixture, or SQL, that Django loaded by itself until 1.8."""
    fixture = path.parent.name == "fixtures" and path.name.startswith("initial_data.")
    return fixture or (path.suffix == ".sql" and path.parent.name == "sql")


def counts_by_place(path: PurePosixPath) -> bool:
    """Whether a file is a fact by being there, whatever it holds."""
    return is_translation(path) or is_initial_data(path)


def module_stem(path: PurePosixPath) -> str:
    """The last part of the dotted name of the module at a path."""
    return path.parent.name if path.name == "__init__.py" else path.stem


def package_of(path: PurePosixPath) -> str:
    """The dotted package that relative imports in the module at a path start from."""
    return ".".join(path.parent.parts)


def names_module(module: str, here: PurePosixPath, wanted: PurePosixPath) -> bool:
    """Whether a module named in the file ``here``, relatively or not, is the file ``wanted``."""
    target = wanted.parent if wanted.name == "__init__.py" else wanted.with_suffix("")
    bare = module.lstrip(".")
    parts = tuple(bare.split(".")) if bare else ()
    dots = len(module) - len(bare)
    if dots:
        folders = [here.parent, *here.parent.parents]
        return target == folders[min(dots, len(folders)) - 1].joinpath(*parts)
    return bool(parts) and target.parts[-len(parts) :] == parts
