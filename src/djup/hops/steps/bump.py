"""The step that moves the pins: Django's, then those of other packages as far as the hop needs."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from packaging.version import Version

from djup.hops.place import interpreter_of, project_now
from djup.hops.repairs import Repair, held, repairs_of
from djup.hops.steps.install import day_of
from djup.hops.work import Done, Work
from djup.model import Commit, Hop, PackageMove, Project
from djup.packages.bump import Ask, Bump, choose
from djup.packages.resolve import Resolution
from djup.project.manifests import FORMATS
from djup.source.files import write_whole

WIDTH = 72
"""Columns of a line in a commit's message."""

NAMED = 4
"""Packages a subject names at most."""


def bump(work: Work, hop: Hop) -> Done:
    """Choose the set of the hop, write it into the manifests, and keep it for the install step."""
    project = project_now(work)
    before = work.ledger.kept(hop.number - 1, "resolution", Resolution)
    first = before.pins if before else {}
    repairs = [repair for repair in repairs_of(work, hop) if not repair.vain and not repair.change]
    chosen = choose(
        Ask(
            project=project,
            hop=hop,
            interpreter=interpreter_of(hop),
            before={**first, **_latest(work, hop)},
            raised={repair.package: repair.why for repair in repairs if not repair.add},
            above=_above(repairs),
            held=held(work, hop, first),
            as_of=day_of(work, project, hop),
            today=work.today,
            extra=work.run.config.requirements,
            added=tuple(repair.package for repair in repairs if repair.add),
        )
    )
    for note in chosen.notes:
        work.reporter.note(note)
    commit = _write(work, hop, project, chosen)
    moves = _joined(first, chosen)
    work.ledger.keep(hop.number, "resolution", chosen.resolution)
    work.ledger.keep(hop.number, "moves", moves)
    return Done(
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


def _latest(work: Work, hop: Hop) -> dict[str, str]:
    """The versions an earlier attempt at this hop chose: what a repair raises is raised from there."""
    kept = work.ledger.kept(hop.number, "resolution", Resolution)
    return dict(kept.pins) if kept else {}


def _joined(first: dict[str, str] | object, chosen: Bump) -> tuple[PackageMove, ...]:
    """The moves from where the hop began, whatever attempts lay between."""
    before = dict(first) if isinstance(first, dict) else {}
    reasons = {move.name: move.why for move in chosen.moves}
    names = sorted({*before, *chosen.resolution.pins})
    return tuple(
        PackageMove(name=name, start=before.get(name), end=chosen.resolution.pins.get(name), why=reasons.get(name, ""))
        for name in names
        if before.get(name) != chosen.resolution.pins.get(name)
    )


def _write(work: Work, hop: Hop, project: Project, chosen: Bump) -> Commit | None:
    """Write each manifest once, its last requirement first so that earlier places stay where they are."""
    paths = []
    for file in project.manifests:
        edits = [edit for edit in chosen.edits if edit.requirement.place.path == file.path]
        if not edits:
            continue
        target = work.root / file.path
        text = target.read_bytes().decode("utf-8")
        for edit in sorted(
            edits, key=lambda edit: (edit.requirement.place.line, edit.requirement.place.column), reverse=True
        ):
            text = FORMATS[file.format].set_specifier(text, edit.requirement, edit.specifier)
        write_whole(target, text.encode("utf-8"))
        paths.append(work.in_worktree(file.path))
    return work.commit(hop, "bump", paths, _message(hop, chosen))


def _message(hop: Hop, chosen: Bump) -> str:
    """Django's move as the subject, every other written move with its reason below."""
    written = {edit.requirement.name for edit in chosen.edits}
    moved = [move for move in chosen.moves if move.name in written and move.name != "django"]
    if hop.start.django != hop.end.django and not repeated(chosen):
        subject = f"Raise Django from {hop.start.django} to {hop.end.django}"
    else:
        subject = (
            "Raise " + ", ".join(move.name for move in moved[:NAMED]) + (" and more" if len(moved) > NAMED else "")
        )
    moves = [f"- {move.name} {move.start or '-'} -> {move.end or '-'}: {move.why}" for move in moved]
    lines = [textwrap.fill(line, WIDTH, subsequent_indent="  ") for line in moves]
    return "\n".join([subject, "", f"{hop.why[:1].upper()}{hop.why[1:]}.", *([""] if lines else []), *lines, ""])


def repeated(chosen: Bump) -> bool:
    """Whether Django's own pin is written already, so that only other packages move."""
    return all(edit.requirement.name != "django" for edit in chosen.edits) and bool(chosen.edits)
