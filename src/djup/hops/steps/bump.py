"""The step that moves the pins: Django's, then those of other packages as far as the hop needs."""

from __future__ import annotations

import functools
import textwrap
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from packaging.requirements import Requirement as Parsed
from packaging.utils import canonicalize_name
from packaging.version import Version

from djup.hops.context import RunContext, StepOutcome
from djup.hops.evidence import MOVES, RESOLUTION
from djup.hops.place import interpreter_of, project_now
from djup.hops.repairs.record import held, repairs_of
from djup.hops.repairs.repair import Repair
from djup.hops.steps.install import day_of
from djup.knowledge.support import load_support
from djup.model import Hop, ManifestFile, PackageMove, Project, release_of, release_text
from djup.packages.bump import Ask, Bump, choose
from djup.packages.hashes import hashes_of
from djup.packages.index import Index
from djup.packages.lockers import Relock, relock
from djup.packages.origins import sources_for
from djup.packages.runtime import FILES, NewPython, raise_python
from djup.packages.writing import home_of, with_added, with_edits, with_hashes
from djup.source.files import write_whole

WIDTH = 72
"""Columns of a line in a commit's message."""

NAMED = 4
"""Packages a subject names at most."""


def bump(context: RunContext, hop: Hop) -> StepOutcome:
    """Choose the set of the hop, write it into the manifests, and keep it for the install step."""
    project = project_now(context)
    before = context.ledger.kept(hop.number - 1, RESOLUTION)
    first = before.pins if before else {}
    repairs = [repair for repair in repairs_of(context, hop) if not repair.vain and not repair.change]
    chosen = choose(
        Ask(
            project=project,
            hop=hop,
            interpreter=interpreter_of(hop),
            before={**first, **_latest(context, hop)},
            raised={repair.package: repair.why for repair in repairs if not repair.add},
            above=_above(repairs),
            held=held(context, hop, first),
            as_of=day_of(context, project, hop),
            today=context.today,
            sources=sources_for(context.run.config, project),
            extra=context.run.config.requirements,
            added=tuple(repair.package for repair in repairs if repair.add),
        )
    )
    for note in chosen.notes:
        context.reporter.note(note)
    written = write_set(context, hop, project, chosen, [repair.package for repair in repairs if repair.add])
    locks = relock_set(context, hop, project, chosen)
    commit = context.commit(hop, "bump", [*written, *locks], _message(hop, chosen))
    earlier = context.ledger.kept(hop.number, MOVES) or ()
    moves = joined(first, chosen, {move.name: move.why for move in earlier})
    context.ledger.keep(hop.number, RESOLUTION, chosen.resolution)
    context.ledger.keep(hop.number, MOVES, moves)
    return StepOutcome(
        message=f"{len(chosen.edits)} pins written, {len(moves)} packages moved",
        commits=(commit,) if commit else (),
        skipped=not moves and not commit,
    )


def _above(repairs: Sequence[Repair]) -> dict[str, str]:
    """The highest version of each package that proved too old."""
    above: dict[str, str] = {}
    for repair in repairs:
        if not repair.add and not repair.hold:
            above[repair.package] = max(repair.version, above.get(repair.package, "0"), key=Version)
    return above


def _latest(context: RunContext, hop: Hop) -> dict[str, str]:
    """The versions an earlier attempt at this hop chose: what a repair raises is raised from there."""
    kept = context.ledger.kept(hop.number, RESOLUTION)
    return dict(kept.pins) if kept else {}


def joined(
    before: Mapping[str, str], chosen: Bump, earlier: Mapping[str, str] | None = None
) -> tuple[PackageMove, ...]:
    """Return the moves from where the hop began, whatever attempts lay between.

    ``earlier`` are the reasons of moves made before.
    """
    reasons = {**(earlier or {}), **{move.name: move.why for move in chosen.moves}}
    names = sorted({*before, *chosen.resolution.pins})
    return tuple(
        PackageMove(name=name, start=before.get(name), end=chosen.resolution.pins.get(name), why=reasons.get(name, ""))
        for name in names
        if before.get(name) != chosen.resolution.pins.get(name)
    )


def write_set(context: RunContext, hop: Hop, project: Project, chosen: Bump, added: Sequence[str] = ()) -> list[str]:
    """Write what the set asks of the manifests and of the files that name a Python; returns what was written."""
    texts = {file.path: text_of(context, file.path) for file in project.manifests}
    old = dict(texts)
    new = {move.name: move.end for move in chosen.moves if move.start is None and move.end}
    for file in project.manifests:
        edits = [edit for edit in chosen.edits if edit.requirement.place.path == file.path]
        texts[file.path] = with_edits(file, texts[file.path], edits)
        if edits:
            hashes = functools.partial(_hashes, context, hop, project)
            texts[file.path] = with_hashes(file, texts[file.path], new, chosen.resolution.pins, hashes)
    for line in added:
        home = home_of(project.manifests, canonicalize_name(Parsed(line).name))
        if home is not None:
            file, beside = home
            texts[file.path] = with_added(file, texts[file.path], beside, line)
    python = _new_python(hop, project, chosen)
    for path in map(PurePosixPath, FILES):
        if (context.root / path).is_file():
            old.setdefault(path, text_of(context, path))
            texts[path] = raise_python(path, texts.get(path, old[path]), python)
    changed = [path for path in texts if texts[path] != old[path]]
    for path in changed:
        write_whole(context.root / path, texts[path].encode("utf-8"))
    return [context.in_worktree(path) for path in changed]


def text_of(context: RunContext, path: PurePosixPath) -> str:
    """The text of a file of the project, its line ends as they are."""
    return (context.root / path).read_bytes().decode("utf-8")


def _hashes(context: RunContext, hop: Hop, project: Project, pins: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    return hashes_of(pins, interpreter_of(hop), sources_for(context.run.config, project), root=context.root)


def _new_python(hop: Hop, project: Project, chosen: Bump) -> NewPython:
    """The Python of the hop's end.

    A range goes up to what Django needs where Django itself is written anew, or a lock must hold for the whole range.
    """
    supported = load_support().supported_pythons(hop.end.django)
    bound = project.locked or any(edit.requirement.name == "django" for edit in chosen.edits)
    return NewPython(
        version=interpreter_of(hop).version if hop.start.python != hop.end.python else release_text(hop.start.python),
        lowest=supported[0] if bound and supported else (0,),
    )


def relock_set(context: RunContext, hop: Hop, project: Project, chosen: Bump) -> list[str]:
    """Have the project's own locker make its locks anew; returns those that were, and notes those that could not be."""
    order = Relock(
        root=context.root,
        locked=tuple(file for file in project.locked if _is_of(file, hop)),
        pins=chosen.resolution.pins,
        interpreter=interpreter_of(hop),
        today=context.today,
        sources=sources_for(context.run.config, project),
        logs=context.ledger.log_folder(hop.number, "bump"),
    )
    made = []
    for lock in relock(order, Index.of(order.sources)):
        if lock.reason:
            context.reporter.note(f"{lock.path} could not be made anew and is out of date: {lock.reason}")
            continue
        write_whole(context.root / lock.path, lock.text.encode("utf-8"))
        context.reporter.note(f"{lock.path} was made anew by {lock.tool}.")
        made.append(context.in_worktree(lock.path))
    return made


def _is_of(file: ManifestFile, hop: Hop) -> bool:
    """Whether a lock is that of the project as the hop finds it: one of another Django belongs to a test matrix."""
    pins = [asked.pinned for asked in file.requirements if asked.name == "django" and asked.pinned]
    return not pins or any(release_of(pin) in (hop.start.release, hop.end.release) for pin in pins)


def _message(hop: Hop, chosen: Bump) -> str:
    """Django's move as the subject, every other written move with its reason below."""
    written = {edit.requirement.name for edit in chosen.edits}
    moved = [move for move in chosen.moves if move.name in written and move.name != "django"]
    if hop.start.django != hop.end.django and not repeated(chosen):
        subject = f"Raise Django from {hop.start.django} to {hop.end.django}"
    elif not moved and hop.start.python != hop.end.python:
        subject = f"Raise Python from {release_text(hop.start.python)} to {release_text(hop.end.python)}"
    else:
        subject = (
            "Raise " + ", ".join(move.name for move in moved[:NAMED]) + (" and more" if len(moved) > NAMED else "")
        )
    lines = move_lines(moved)
    return "\n".join([subject, "", f"{hop.why[:1].upper()}{hop.why[1:]}.", *([""] if lines else []), *lines, ""])


def move_lines(moves: Sequence[PackageMove]) -> list[str]:
    """Moves with their reasons, as a commit's message lists them."""
    listed = [f"- {move.name} {move.start or '-'} -> {move.end or '-'}: {move.why}" for move in moves]
    return [textwrap.fill(line, WIDTH, subsequent_indent="  ") for line in listed]


def repeated(chosen: Bump) -> bool:
    """Whether Django's own pin is written already, so that only other packages move."""
    return all(edit.requirement.name != "django" for edit in chosen.edits) and bool(chosen.edits)
