"""``djup fix``: rewriting files as they lie, without git and without an environment."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

import msgspec

from djup.config import load_config
from djup.errors import UsageError
from djup.facts.files import is_python, is_template
from djup.facts.project import Facts, build_facts, facts_of
from djup.facts.settings import SettingsFacts
from djup.fixers.engine.check import Checked
from djup.fixers.engine.migrations import new_migrations
from djup.fixers.engine.skips import UnusedSkip
from djup.fixers.engine.text import Fixed, settle
from djup.fixers.python.conditional_code import collapsing
from djup.knowledge.changes import Change, applicable
from djup.knowledge.needles import words_told
from djup.knowledge.package_changes import known_ids
from djup.knowledge.support import load_support
from djup.model import Finding, Record, Release
from djup.project.read import read_project
from djup.scope import Scope, project_root, scope_of
from djup.source.files import project_files, write_whole
from djup.tasks.fix_cache import (
    Stamp,
    Verdict,
    Verdicts,
    digest_of,
    load_verdicts,
    question,
    save_verdicts,
    stamp,
    still_held,
)
from djup.tasks.fix_pool import Worker, shared, summed


class Order(Record):
    """What to rewrite: for a project that comes from one release and goes to another.

    ``scope`` says which files and changes; ``safety`` ``safe`` leaves out what a person should look at.
    ``collapse`` takes out the code for versions that are not aimed at.
    """

    start: Release
    target: Release
    scope: Scope = Scope()
    safety: str = "review"
    collapse: bool = False


class Rewritten(Record):
    """The outcome: new bytes by path, edits by change and file, the places that are left, and files not understood.

    ``files`` counts those looked at, ``unused`` are comments that keep a change away which is not there.
    """

    root: Path
    files: int
    changed: Mapping[PurePosixPath, bytes] = {}
    edits: Mapping[str, int] = {}
    findings: tuple[Finding, ...] = ()
    unreadable: Mapping[PurePosixPath, str] = {}
    unused: tuple[UnusedSkip, ...] = ()

    @property
    def left(self) -> Mapping[str, int]:
        """How often each change still applies."""
        return Counter(finding.change for finding in self.findings)


def changes_for(order: Order) -> tuple[Change, ...]:
    """The changes an order asks for, oldest first; raises UsageError for an id that is unknown."""
    order.scope.check_ids(known_ids())
    running, _ = applicable(at=order.target, target=order.target, since=order.start)
    first = (collapsing(order.target),) if order.collapse else ()
    return first + tuple(
        change
        for change in order.scope.changes(running)
        if (order.safety == "review" or change.safety == "safe" or not change.fixable)
    )


def release_of_project(root: Path) -> Release | None:
    """The Django release the project at a folder is on, where it can be read."""
    try:
        project = read_project(root, released=load_support().versions())
    except UsageError:
        return None
    return tuple(int(part) for part in project.django.value.split(".")[:2]) if project.django else None


def scope_near(root: Path, *, only: Sequence[str] = (), skip: Sequence[str] = ()) -> Scope:
    """The scope of the project that a folder belongs to, narrowed by what one call asks for."""
    project = project_root(root)
    config = load_config(project, {}, os.environ)
    return scope_of(config, only=only, skip=skip, inside=root.relative_to(project).as_posix())


def root_of(paths: Sequence[Path]) -> Path:
    """The folder that holds all paths: what relative names and the project's facts start from."""
    folders = [path if path.is_dir() else path.parent for path in (one.resolve() for one in paths)]
    return Path(os.path.commonpath(folders))


def check(paths: Sequence[Path], order: Order, *, keep: bool = True) -> tuple[int, tuple[PurePosixPath, ...]]:
    """How many files were looked at, and those that would be rewritten; what in them is not asked.

    Verdicts on whole folders are kept for the next time unless ``keep`` is False.
    """
    root = root_of(paths)
    listed = _listed(root)
    wanted = order.scope.files(path for path in listed if _is_asked(root / path, paths))
    if not keep or len(wanted) < len(listed):
        looked = _look(root, wanted, order, build_facts(root, listed))
        return len(wanted), tuple(one.path for one, _ in looked if one.changes)
    about, stamps = question(order), {path: stamp(root / path) for path in listed}
    known = load_verdicts(root, about)
    held = still_held(root, known, stamps)
    same = len(held) == len(stamps) == len(known.files)
    settled = msgspec.structs.replace(known, about=about, files=held)
    now = settled if same else _renewed(root, known, held, stamps, order)
    if now != known:
        save_verdicts(root, msgspec.structs.replace(now, about=about))
    return len(wanted), tuple(path for path in wanted if now.files[str(path)].changes)


def _renewed(
    root: Path, known: Verdicts, held: Mapping[str, Verdict], stamps: Mapping[PurePosixPath, Stamp], order: Order
) -> Verdicts:
    """The verdicts on files as they are now: those that still hold, and new ones."""
    facts = build_facts(root, stamps)
    digest = facts.digest()
    words = digest_of("\n".join(sorted(words_told(changes_for(order), facts))).encode())
    kept = {path: one for path, one in held.items() if known.facts == digest or (one.alone and known.told == words)}
    for one, data in _look(root, [path for path in stamps if str(path) not in kept], order, facts):
        now = stamps[one.path]
        kept[str(one.path)] = Verdict(size=now.size, time=now.time, digest=data, changes=one.changes, alone=one.alone)
    return Verdicts(facts=digest, told=words, files=kept)


def _look(root: Path, paths: Sequence[PurePosixPath], order: Order, facts: Facts) -> Iterator[tuple[Checked, str]]:
    fixable = [change for change in changes_for(order) if change.fixable]
    return shared(Worker(root, fixable, facts), paths, Worker.check)


def _listed(root: Path) -> list[PurePosixPath]:
    return [path for path in project_files(root) if is_python(path) or is_template(path)]


def _gathered(paths: Sequence[Path], scope: Scope) -> tuple[Path, list[PurePosixPath], Facts]:
    """The root, the files asked for below it, and what all files of it say together."""
    root = root_of(paths)
    listed = _listed(root)
    asked = scope.files(path for path in listed if _is_asked(root / path, paths))
    return root, asked, build_facts(root, listed)


def rewrite(paths: Sequence[Path], order: Order) -> Rewritten:
    """Rewrite the files below some paths, in memory; nothing is written."""
    root, wanted, facts = _gathered(paths, order.scope)
    changes = changes_for(order)
    done = list(shared(Worker(root, changes, facts), wanted, Worker.fix))
    later = _told_since(facts, _settled(done))
    if later is not None:
        done, facts = list(shared(Worker(root, changes, later), wanted, Worker.fix)), later
    fixed = [one for one, _ in done]
    made = _new_files(changes, fixed, facts)
    return Rewritten(
        root=root,
        files=len(wanted),
        changed=_settled(done) | made,
        edits=summed(one.edits for one in fixed),
        findings=tuple(finding for one in fixed for finding in one.findings),
        unreadable={one.path: one.unreadable.reason for one in fixed if one.unreadable is not None},
        unused=tuple(one for _, skips in done for one in skips),
    )


def _settled(done: Iterable[tuple[Fixed, object]]) -> dict[PurePosixPath, bytes]:
    return {one.path: one.text for one, _ in done if one.steps}


def _told_since(facts: Facts, changed: Mapping[PurePosixPath, bytes]) -> Facts | None:
    """The facts with what rewritten settings tell and the old ones did not, where other files wait for it."""
    if facts.settings.declares_templates or not facts.templates.builtins:
        return None
    told = facts_of((path, changed[path]) for path in facts.settings.modules if path in changed)
    if not told.settings.declares_templates:
        return None
    settings = msgspec.structs.replace(facts.settings, declares_templates=True)
    return msgspec.structs.replace(facts, settings=settings)


def rewrite_text(data: bytes, name: PurePosixPath, order: Order) -> Fixed:
    """Rewrite one file by itself, as an editor does: what other files would tell is not known."""
    if not order.scope.files([name]):
        return Fixed(path=name, text=data)
    settings = frozenset([name] if "settings" in str(name) else [])
    facts = Facts(settings=SettingsFacts(modules=settings, holders=settings))
    return settle(data, name, changes_for(order), facts)


def write(result: Rewritten) -> None:
    """Write the new bytes, each file whole or not at all, with the mode it had."""
    for path, data in result.changed.items():
        target = result.root / path
        mode = target.stat().st_mode if target.exists() else None
        write_whole(target, data)
        if mode is not None:
            target.chmod(mode)


def _is_asked(file: Path, paths: Sequence[Path]) -> bool:
    return any(file.is_relative_to(path.resolve()) for path in paths)


def _new_files(changes: Sequence[Change], fixed: Sequence[Fixed], facts: Facts) -> dict[PurePosixPath, bytes]:
    """The migrations that rewritten models need."""
    made: dict[PurePosixPath, bytes] = {}
    for change in changes:
        operations = [one for file in fixed for name, one in file.operations if name == change.id]
        made |= new_migrations(change, operations, facts) if operations else {}
    return made
