"""Where a project's parts lie: manage.py, runtests.py, the folders its tests need on the path."""

from __future__ import annotations

from pathlib import PurePosixPath

from djup.model import Record
from djup.project.tree import Tree

EXAMPLES = frozenset(
    {
        "example",
        "examples",
        "example_project",
        "demo",
        "sandbox",
        "docs",
        "doc",
        "template",
        "templates",
        "project_template",
    }
)
RUNNERS = ("runtests.py", "run_tests.py", "runtests", "test_runner.py")
PARENT = PurePosixPath("..")
"""The folder above the checkout, on the path where the checkout is a package itself, as with Django 1.3."""

DEPTH = 4
"""Folders below the root that are searched for manage.py."""


class Layout(Record):
    """The scripts of a project; each but the first of its kind is kept for the notes."""

    manage: PurePosixPath | None
    other_manage: tuple[PurePosixPath, ...]
    runner: PurePosixPath | None
    source: PurePosixPath
    pythonpath: tuple[PurePosixPath, ...]


def read_layout(tree: Tree) -> Layout:
    """Return where the scripts of a project are; the nearest manage.py that belongs to no example comes first."""
    manage = [path for path in tree.named("manage.py") if len(path.parts) <= DEPTH]
    manage.sort(key=lambda path: _distance(tree, path))
    runners = [path for name in RUNNERS for path in tree.named(name) if len(path.parts) <= DEPTH]
    source = PurePosixPath("src") if _holds_packages(tree, "src") else PurePosixPath()
    folders = [source, *(path.parent for path in manage[:1])]
    above = [PARENT] if manage[:1] == [PurePosixPath("manage.py")] and tree.has("__init__.py") else []
    return Layout(
        manage=manage[0] if manage else None,
        other_manage=tuple(manage[1:]),
        runner=runners[0] if runners else None,
        source=source,
        pythonpath=tuple(dict.fromkeys([*folders, PurePosixPath(), *above])),
    )


def _distance(tree: Tree, path: PurePosixPath) -> tuple[bool, bool, int, str]:
    """What puts one manage.py behind another: not speaking of Django, belonging to an example, lying deeper."""
    example = bool(EXAMPLES.intersection(path.parts[:-1]))
    return not _calls_django(tree, path), example, len(path.parts), str(path)


def _calls_django(tree: Tree, path: PurePosixPath) -> bool:
    """Whether a manage.py is Django's and not another tool's."""
    text = tree.text(path)
    return "django" in text or "execute_manager" in text or "DJANGO_SETTINGS_MODULE" in text


def _holds_packages(tree: Tree, folder: str) -> bool:
    return any(path.name == "__init__.py" and path.parent.parent == PurePosixPath(folder) for path in tree.files)


def module_of(path: PurePosixPath, roots: tuple[PurePosixPath, ...]) -> str | None:
    """The import name of a file below one of the folders on the path; None for what no import statement can name."""
    for root in sorted(roots, key=lambda root: -len(root.parts)):
        if path.is_relative_to(root):
            parts = path.relative_to(root).with_suffix("").parts
            if all(part.isidentifier() for part in parts):
                return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)
    return None


def file_of(module: str, tree: Tree, roots: tuple[PurePosixPath, ...]) -> PurePosixPath | None:
    """The file of a module that lies in the project, or None."""
    relative = PurePosixPath(*module.split("."))
    places = [root / relative for root in roots if root != PARENT]
    if PARENT in roots and relative.parts[0] == tree.root.name:
        places.append(relative.relative_to(tree.root.name))
    for place in places:
        for path in (*([place.with_suffix(".py")] if place.name else []), place / "__init__.py"):
            if tree.has(path):
                return path
    return None
