"""Reading a project: everything the other stages need to know of a checkout, in one record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

import msgspec

from djup.errors import UsageError
from djup.model import Known, ManifestFile, Project, Release
from djup.project.apps import count_templates, read_apps
from djup.project.distribution import read_distribution
from djup.project.django import django_requirements, read_django
from djup.project.layout import Layout, read_layout
from djup.project.manifests import format_of
from djup.project.manifests.locks import TOML_LOCKS
from djup.project.manifests.requirements import HEAD_LENGTH, is_compiled, is_prose
from djup.project.options import ReadOptions
from djup.project.pythons import read_python, read_range
from djup.project.servers import read_servers
from djup.project.settings import Settings, find_settings, read_settings
from djup.project.tests import name_apps, read_tests
from djup.project.tree import Tree
from djup.project.vcs import read_vcs

DEPTH = 3
"""Folders below the root in which manifests are looked for."""

AT_ROOT = ("tox", "nox", "conda", *TOML_LOCKS, "Pipfile.lock")
"""Formats that speak for a project only at its root: deeper down they are those of examples and other parts."""


def read_project(
    root: Path, options: ReadOptions | None = None, *, released: Mapping[str, dt.date] | None = None
) -> Project:
    """Return what the checkout at ``root`` is. ``released`` maps the Django versions that are out to their dates.

    Raises UsageError when it is no Django project, or when a manifest cannot be read.
    """
    options = options or ReadOptions()
    root = root.resolve()
    if not root.is_dir():
        raise UsageError("there is no such folder.", path=root)
    tree = Tree(root)
    layout = read_layout(tree)
    declared_in = read_manifests(tree)
    manifests = tuple(file for file in declared_in if file.role != "lock")
    locked = tuple(file for file in declared_in if file.role == "lock")
    tests = read_tests(tree, layout, manifests, options.test_command)
    module = find_settings(tree, layout, options.settings, tests)
    _refuse_what_is_not_django(root, tree, layout, manifests, module)
    settings = read_settings(tree, layout, module, options.environment) if module else None
    vcs = read_vcs(root)
    on = vcs.last_commit if vcs and vcs.last_commit else _newest_file(tree)
    files = settings.files if settings else ()
    declared = django_requirements(manifests)
    apps = read_apps(tree, settings.apps if settings else (), layout.pythonpath)
    django = read_django(tree, manifests, files, released or {}, on, locked=locked)
    return Project(
        root=root,
        name=root.name,
        vcs=vcs,
        manage=layout.manage,
        other_manage=layout.other_manage,
        settings=module,
        settings_files=files,
        django=django,
        django_range=declared[0].specifier if declared else "",
        python=_python(tree, options.python),
        python_range=read_range(tree),
        manifests=manifests,
        locks=tuple(file.path for file in locked),
        tests=name_apps(tests, apps, django),
        apps=apps,
        templates=count_templates(tree),
        databases=settings.databases if settings else (),
        distribution=read_distribution(tree),
        pythonpath=layout.pythonpath,
        required_env=settings.required_env if settings else (),
        notes=_notes(layout, settings, manifests),
        locked=locked,
        servers=read_servers(tree),
    )


def _refuse_what_is_not_django(
    root: Path, tree: Tree, layout: Layout, manifests: tuple[ManifestFile, ...], module: Known[str] | None
) -> None:
    if layout.manage or module or django_requirements(manifests):
        return
    if any(
        "django" in tree.text(path)
        for path in tree.python_files[:400]
        if path.name in ("models.py", "urls.py", "apps.py")
    ):
        return
    raise UsageError(
        f"{root} is not a Django project: it has no manage.py, no settings module and no manifest that names Django.",
        hint="Give the folder that holds them: djup status PATH.",
    )


def read_manifests(tree: Tree) -> tuple[ManifestFile, ...]:
    """Every file that declares dependencies, the root's own first; raises UsageError for one that cannot be read.

    A requirements file that a tool compiled from another one has the role of a lock.
    """
    found = []
    for path in tree.files:
        form = format_of(path)
        if form is not None and len(path.parts) <= (1 if form.NAME in AT_ROOT else DEPTH):
            text = tree.text(path)
            if path.suffix == ".txt" and is_prose(text):
                continue
            file = form.read(text, path)
            if path.suffix == ".txt" and is_compiled(text) and _has_source(tree, path):
                file = msgspec.structs.replace(file, role="lock")
            if file.requirements or file.includes:
                found.append(file)
    return tuple(sorted(found, key=lambda file: (len(file.path.parts), file.role != "main", str(file.path))))


def _has_source(tree: Tree, path: PurePosixPath) -> bool:
    """Whether what a requirements file was compiled from is there: an .in file beside it, or the project's metadata."""
    beside = [other for other in tree.files if other.parent == path.parent]
    return any(other.suffix == ".in" and other.name != "MANIFEST.in" for other in beside) or any(
        name in tree.text(path)[:HEAD_LENGTH] and tree.has(name) for name in ("pyproject.toml", "setup.py", "setup.cfg")
    )


def _python(tree: Tree, given: Release | None) -> Known[Release] | None:
    return Known(value=given, why="given with --python") if given else read_python(tree)


def _newest_file(tree: Tree) -> dt.date:
    """The day the newest file was written, which stands in for the last commit where there is no git."""
    stamps = [(tree.root / path).stat().st_mtime for path in tree.files]
    return dt.datetime.fromtimestamp(max(stamps), tz=dt.UTC).date() if stamps else dt.date.max


def _notes(layout: Layout, settings: Settings | None, manifests: tuple[ManifestFile, ...]) -> tuple[str, ...]:
    notes = list(settings.notes if settings else ())
    if layout.other_manage:
        others = ", ".join(map(str, layout.other_manage))
        notes.append(f"Several manage.py: {layout.manage} is used, and not {others}.")
    if layout.manage is None:
        notes.append("No manage.py: taken as a reusable app.")
    pins = {str(r.pinned): r.place for r in django_requirements(manifests) if r.pinned}
    if len(pins) > 1:
        each = ", ".join(f"{version} in {place.path}" for version, place in pins.items())
        notes.append(f"Django is pinned to more than one version: {each}.")
    return tuple(notes)
