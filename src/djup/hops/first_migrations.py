"""The first migrations of apps that have none, or have South's: Django 1.7 brought them, and 1.9 needs them.

https://docs.djangoproject.com/en/1.8/topics/migrations/#upgrading-from-south
"""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

from djup.facts.files import is_initial_data, is_migration
from djup.hops.context import RunContext
from djup.hops.place import project_now, workplace
from djup.hops.rewriting import commit_message
from djup.knowledge.changes import change
from djup.model import Commit, Hop, Project, Release
from djup.project.tree import Tree
from djup.verify.workplace import read_lines, run_probe

FROM: Release = (1, 7)
NEEDED: Release = (1, 9)
"""From here on apps without migrations cannot be related to, and have no tables but in tests."""

_SOUTH = re.compile(r"^\s*(?:from|import)\s+south\b", re.MULTILINE)
_FAKE = "Where the tables are there already, run `manage.py migrate --fake-initial` once."


def write_first_migrations(context: RunContext, hop: Hop) -> tuple[Commit, ...]:
    """Take South's migrations away and write the first ones of Django's own, as far as the path will need them.

    Apps with data that Django loads by itself until they have migrations wait for the release that ends that.
    """
    if hop.end.release < FROM or hop.start.release >= NEEDED:
        return ()
    project = project_now(context)
    made_by_south = _made_by_south(Tree(project.root))
    if not made_by_south and context.run.path.target.release < NEEDED:
        return ()
    gone = _drop(context, hop, made_by_south)
    written = _write(context, hop, project)
    return tuple(commit for commit in (gone, written) if commit is not None)


def _made_by_south(tree: Tree) -> list[PurePosixPath]:
    found = [path for path in tree.python_files if is_migration(path) and path.parent.name == "migrations"]
    return [path for path in found if _SOUTH.search(tree.text(path))]


def _drop(context: RunContext, hop: Hop, paths: list[PurePosixPath]) -> Commit | None:
    """Remove South's migrations, as Django's documentation tells; git keeps them."""
    known = change("1.7/south")
    for path in paths:
        (context.root / path).unlink()
    message = commit_message(known, len(paths), len(paths)).replace(known.subject, "Take South's migrations away", 1)
    names = [context.in_worktree(path) for path in paths]
    return context.commit(hop, "adapt", names, message, change=known.id, edits=len(paths)) if paths else None


def _write(context: RunContext, hop: Hop, project: Project) -> Commit | None:
    place = workplace(context, hop, "migrate", project)
    waiting = _with_initial_data(project) if hop.end.release < NEEDED else []
    before = set(context.git.changed())
    folder = project.tests.value.directory if project.tests else Path()
    ran, out = run_probe(place, "first_migrations", [place.root, *waiting], cwd=place.root / folder)
    made = sorted(set(context.git.changed()) - before)
    if not ran.ok:
        context.git.ask("clean", "--quiet", "--force", "--", *made) if made else None
        context.reporter.note(f"the first migrations could not be written: {ran.tail(3)} (log: {ran.log})")
        return None
    labels = [line["label"] for line in read_lines(out / "labels.jsonl")]
    if not made:
        return None
    known = change("1.9/apps-without-migrations")
    message = commit_message(known, len(made), len(labels))
    context.reporter.note(f"first migrations were written of {', '.join(sorted(labels))}. {_FAKE}")
    return context.commit(hop, "adapt", made, f"{message}\n{_FAKE}\n", change=known.id, edits=len(labels))


def _with_initial_data(project: Project) -> list[str]:
    """The folders of apps whose data is loaded by its name as long as they have no migrations."""
    files = Tree(project.root).files
    return sorted({str(project.root / path.parent.parent) for path in files if is_initial_data(path)})
