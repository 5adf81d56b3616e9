"""A copy of a project where it stands: in an environment of its present release, without an upgrade."""

from __future__ import annotations

import contextlib
import datetime as dt
import fcntl
import hashlib
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import platformdirs

from djup.config import Config
from djup.environments.interpreters import interpreters, need_interpreter
from djup.environments.project_needs import contents_for, day_within, folders_on_path, network_for
from djup.environments.store import ensure_environment
from djup.model import Project, Stop
from djup.packages.bump import resolve_as_it_is
from djup.packages.origins import sources_for
from djup.project.local_files import copy_local_files
from djup.project.tree import Tree
from djup.project.vcs import tracked_files
from djup.reporter import Reporter
from djup.verify.workplace import Workplace


@contextlib.contextmanager
def copied(project: Project) -> Iterator[Path]:
    """A copy of the checkout as it lies, ignored files left out: nothing that runs can touch the user's own files.

    It has the same place each time, so that environments that hold the project are found again.
    """
    top = project.vcs.top if project.vcs else project.root
    home = platformdirs.user_cache_path("djup") / "copies" / hashlib.sha256(str(top).encode()).hexdigest()[:12]
    home.mkdir(parents=True, exist_ok=True)
    with (home / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        shutil.rmtree(home / top.name, ignore_errors=True)
        for path in _files(project, top):
            (home / top.name / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(top / path, home / top.name / path, follow_symlinks=False)
        if project.vcs:
            copy_local_files(top, home / top.name)
        yield home / top.name / project.root.relative_to(top)


def _files(project: Project, top: Path) -> Iterable[Path]:
    listed = tracked_files(top) if project.vcs else None
    paths = map(Path, listed if listed is not None else map(str, Tree(top).files))
    return [path for path in paths if (top / path).is_file() or (top / path).is_symlink()]


def place_of(project: Project, start: Stop, config: Config, today: dt.date, reporter: Reporter) -> Workplace:
    """Build the environment of the present release, as the baseline of an upgrade does; logs lie beside the copy."""
    interpreter = need_interpreter(start.python, interpreters())
    sources = sources_for(config, project)
    last = project.vcs.last_commit if project.vcs else None
    resolution = resolve_as_it_is(
        project,
        interpreter,
        django=start.django,
        as_of=day_within(start.release, last, today),
        today=today,
        sources=sources,
        extra=config.requirements,
    )
    logs = project.root.parent / "logs"
    contents = contents_for(project, resolution.lines, resolution.build_constraints)
    built = ensure_environment(contents, interpreter, logs, sources)
    for note in (*resolution.notes, *built.notes):
        reporter.note(note)
    return Workplace(
        root=project.root,
        python=built.python,
        logs=logs,
        tests=project.tests.value if project.tests else None,
        settings=project.settings.value if project.settings else None,
        pythonpath=folders_on_path(project),
        environment=config.env,
        network=network_for(config, project),
        timeout=config.test_timeout,
    )
