"""The project's own applications, modules and templates."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from djup.model import App, Project
from djup.project.layout import file_of, module_of
from djup.project.tree import Tree

MODEL = re.compile(
    r"^class \w+\(.*\b(?:models\.Model|Model|AbstractUser|AbstractBaseUser|TimeStampedModel|MPTTModel)\b", re.MULTILINE
)
NO_MODULES = frozenset(
    {"setup.py", "manage.py", "conftest.py", "runtests.py", "fabfile.py", "noxfile.py", "__main__.py"}
)
SKIPPED_FOLDERS = frozenset(
    {"docs", "doc", "examples", "example", "scripts", "bin", "benchmarks", "build", "dist", "templates"}
)


def read_apps(tree: Tree, installed: Iterable[str], roots: tuple[PurePosixPath, ...]) -> tuple[App, ...]:
    """Return the installed apps that lie in the project.

    Without any, each package that has models or an apps module.
    """
    folders: dict[PurePosixPath, str] = {}
    for entry in installed:
        package = entry.partition(".apps.")[0]
        path = file_of(package, tree, roots)
        if path is not None and path.name == "__init__.py":
            folders.setdefault(path.parent, package)
    if not folders:
        for path in tree.python_files:
            if path.name in ("models.py", "apps.py") and tree.has(path.parent / "__init__.py"):
                folders.setdefault(path.parent, module_of(path.parent / "__init__.py", roots) or path.parent.name)
    return tuple(_app(tree, name, folder) for folder, name in sorted(folders.items(), key=lambda item: item[1]))


def _app(tree: Tree, name: str, folder: PurePosixPath) -> App:
    own = [path for path in tree.python_files if path.is_relative_to(folder)]
    models = [path for path in own if path.name == "models.py" or "models" in path.relative_to(folder).parts[:-1]]
    migrations = [path for path in own if path.parent == folder / "migrations" and path.name != "__init__.py"]
    return App(
        name=name,
        path=folder,
        models=sum(len(MODEL.findall(tree.text(path))) for path in models),
        migrations=len(migrations),
        tests=any(path.name.startswith("test") or "tests" in path.parts for path in own),
    )


def project_modules(project: Project) -> tuple[str, ...]:
    """The import names of the project's own modules that an import statement can reach, for the import sweep.

    Scripts, packaging files, folders without ``__init__.py`` and settings modules other than the chosen ones are left
    out.
    """
    tree = Tree(project.root)
    chosen = set(project.settings_files)
    names = []
    for path in tree.python_files:
        if path.name in NO_MODULES or SKIPPED_FOLDERS.intersection(path.parts[:-1]):
            continue
        if _is_settings(path) and path not in chosen:
            continue
        name = module_of(path, project.pythonpath)
        if name and _reachable(tree, path, project.pythonpath):
            names.append(name)
    return tuple(sorted(set(names)))


def command_folder(project: Project) -> PurePosixPath:
    """The folder that commands of the project run in: where manage.py lies, else where the tests start."""
    if project.manage:
        return project.manage.parent
    return project.tests.value.directory if project.tests else PurePosixPath()


def _is_settings(path: PurePosixPath) -> bool:
    return "settings" in path.name or path.parent.name == "settings" or path.name in ("wsgi.py", "asgi.py")


def _reachable(tree: Tree, path: PurePosixPath, roots: tuple[PurePosixPath, ...]) -> bool:
    """Whether a file lies in a package or directly on the path; the folders above may be namespace packages."""
    return path.parent in roots or tree.has(path.parent / "__init__.py")


def count_templates(tree: Tree) -> int:
    """The files under folders named ``templates`` or ``jinja2``."""
    return sum(bool({"templates", "jinja2"}.intersection(path.parts[:-1])) for path in tree.files)
