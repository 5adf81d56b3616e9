"""The last hop: every package goes up, one group at a time; a group that is not green leaves nothing behind."""

from __future__ import annotations

import functools

import msgspec
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

from djup.errors import EnvironmentFailedError, NeedsPerson
from djup.hops.judge import judge
from djup.hops.logs import logs_apart
from djup.hops.place import interpreter_of, project_now
from djup.hops.repairs import held
from djup.hops.rewriting import commit_rewritings
from djup.hops.session import mark_green, rewind
from djup.hops.stepping import results_of, run_step
from djup.hops.steps.bump import joined, move_lines, relock_set, write_set
from djup.hops.steps.check import check
from djup.hops.steps.install import install
from djup.hops.steps.record import record
from djup.hops.steps.schema import schema
from djup.hops.steps.smoke import smoke
from djup.hops.steps.test import test
from djup.hops.work import Done, StepFunction, Work
from djup.knowledge.package_changes import applicable_to
from djup.model import Commit, Hop, HopResult, PackageKept, PackageMove, Record
from djup.packages.bump import Bump
from djup.packages.declared import needed_requirements
from djup.packages.index import Index
from djup.packages.origins import sources_for
from djup.packages.outlook import Outlook, outlook
from djup.packages.raising import Footing, Group, lower_rungs, raise_group
from djup.packages.resolve import Resolution

EVIDENCE = (
    "resolution", "environment", "checks", "tests", "strengths", "lines", "smoke", "differences", "schema", "moves",
)  # fmt: skip
"""What a group that is rolled back must not leave behind."""

START = "00"
"""The label of the evidence the hop begins with."""

STEP = "packages"
"""What the commits of this hop name as their step."""

NAMED = 4
"""Packages a subject names at most."""


class Raised(Record):
    """How a group went: whether anything of it was raised, and what of it stays, and why."""

    green: bool
    kept: tuple[PackageKept, ...] = ()


def run_last_hop(work: Work, hop: Hop) -> HopResult:
    """Raise one group after the other, and record how the hop went; it is green whatever stays where it is."""
    work.reporter.hop_started(hop)
    _run(work, hop, "look", _look)
    found = work.ledger.kept(hop.number, "outlook", Outlook) or Outlook()
    for number, group in enumerate(found.groups, start=1):
        _run(work, hop, _name(number), functools.partial(_raise, number=number, group=group))
    _run(work, hop, "record", _record)
    groups = [_raised(work, hop, number) for number in range(1, len(found.groups) + 1)]
    result = HopResult(
        hop=hop,
        green=True,
        steps=results_of(work, hop),
        packages=work.ledger.kept(hop.number, "moves", tuple[PackageMove, ...]) or (),
        kept=(*found.kept, *(one for group in groups for one in group.kept)),
    )
    mark_green(work)
    work.ledger.end_hop(result)
    work.reporter.hop_ended(hop, green=True)
    return result


def _run(work: Work, hop: Hop, name: str, function: StepFunction) -> None:
    if work.ledger.step(hop.number, name) is None:
        run_step(work, hop, name, function)
    else:
        work.reporter.step_resumed(hop, name)


def _raised(work: Work, hop: Hop, number: int) -> Raised:
    return work.ledger.kept(hop.number, _name(number), Raised) or Raised(green=False)


def _look(work: Work, hop: Hop) -> Done:
    """Find out what can be raised; the hop begins with what the stop before was green with."""
    for name in ("resolution", "environment", "checks", "tests", "strengths", "smoke", "schema"):
        work.ledger.hand_on(hop.number - 1, hop.number, name)
    work.ledger.keep(hop.number, "moves", ())
    work.ledger.put_by(hop.number, EVIDENCE, START)
    footing = _footing(work, hop)
    try:
        found = outlook(footing, frozenset(map(canonicalize_name, work.run.config.only_packages)))
    except EnvironmentFailedError as error:
        work.reporter.note(f"no package is raised: {error.problem}")
        found = Outlook()
    work.ledger.keep(hop.number, "outlook", found)
    return Done(message=f"{len(found.groups)} groups to raise, {len(found.kept)} packages stay")


def _footing(work: Work, hop: Hop) -> Footing:
    project = project_now(work)
    sources = sources_for(work.run.config, project)
    now = work.ledger.kept(hop.number, "resolution", Resolution)
    before = dict(now.pins) if now else {}
    config = work.run.config
    back = dict.fromkeys(held(work, hop, before), "an earlier hop put it back: newer ones fail")
    asked = {str(canonicalize_name(name)): "you asked to leave it" for name in config.skip_packages}
    return Footing(
        project=project,
        django=hop.end.django,
        interpreter=interpreter_of(hop),
        index=Index.of(sources),
        sources=sources,
        before=before,
        settled=work.today - config.cooldown,
        today=work.today,
        extra=config.requirements,
        held={**back, **asked},
    )


def _raise(work: Work, hop: Hop, *, number: int, group: Group) -> Done:
    """Raise a group to the newest that is green; where none is, everything is as it was."""
    start, label = work.git.head, _label(work, hop)
    failed: list[str] = []
    waited = 0.0
    work.ledger.bring_back(hop.number, EVIDENCE, label)
    for attempt in _attempts(_footing(work, hop), group):
        with logs_apart(work.ledger, hop.number, f"{_name(number)}-{len(failed) + 1}") as logs:
            tried = _try(work, hop, attempt)
            logs.keep = not tried.reason
        waited += tried.waited
        if not tried.reason:
            work.ledger.put_by(hop.number, EVIDENCE, f"{number:02}")
            kept = _stay(work, hop, group, failed, attempt) if failed else ()
            work.ledger.keep(hop.number, _name(number), Raised(green=True, kept=kept))
            return Done(message=_told(tried.moves), commits=tried.commits, waited=waited, skipped=not tried.moves)
        failed.append(logs.renamed(tried.reason))
        work.reporter.note(f"{_versions(attempt)} not taken: {failed[-1]}")
        rewind(work, start)
        work.ledger.bring_back(hop.number, EVIDENCE, label)
    work.ledger.keep(hop.number, _name(number), Raised(green=False, kept=_stay(work, hop, group, failed)))
    why = f"stays: {failed[0]}" if failed else "went up with an earlier group"
    return Done(message=f"{group.title} {why}", waited=waited, skipped=True)


def _name(number: int) -> str:
    return f"group-{number:02}"


def _label(work: Work, hop: Hop) -> str:
    """The label of what was measured last on green: that of the last group that was raised."""
    done = [step for step in work.ledger.steps() if step.hop == hop.number and step.step.startswith("group-")]
    green = [step.step.removeprefix("group-") for step in done if step.status == "done"]
    return green[-1] if green else START


def _attempts(footing: Footing, group: Group) -> list[Group]:
    """The newest versions, then nearer ones; none for what an earlier group took along."""
    if group.rest:
        return [group]
    behind = {name: pin for name, pin in group.moves.items() if Version(pin) > Version(footing.before.get(name, pin))}
    if not behind:
        return []
    whole = msgspec.structs.replace(group, moves=behind)
    return [whole, *lower_rungs(footing, whole)]


class Tried(Record):
    """What an attempt gave: moves and commits, or the ``reason`` it is not green."""

    reason: str = ""
    moves: tuple[PackageMove, ...] = ()
    commits: tuple[Commit, ...] = ()
    waited: float = 0.0


def _try(work: Work, hop: Hop, group: Group) -> Tried:
    """Write, install, rewrite, check and test; what was committed is for the caller to keep or to drop."""
    try:
        chosen = raise_group(_footing(work, hop), group)
        if not chosen.moves:
            return Tried()
        commits = _write(work, hop, chosen, group)
        install(work, hop)
        pins = {move.name: move.end for move in chosen.moves if move.end}
        commits += commit_rewritings(work, hop, STEP, applicable_to(pins)).commits
        return _verify(work, hop, chosen, commits)
    except (EnvironmentFailedError, NeedsPerson) as error:
        return Tried(reason=error.problem)


def _write(work: Work, hop: Hop, chosen: Bump, group: Group) -> tuple[Commit, ...]:
    """Commit what a group asks of manifests and locks, and keep its set; nothing is written where nothing pins it."""
    project = project_now(work)
    paths = write_set(work, hop, project, chosen)
    paths += relock_set(work, hop, project, chosen)
    commit = work.commit(hop, STEP, paths, _message(chosen, group))
    earlier = {move.name: move.why for move in work.ledger.kept(hop.number, "moves", tuple[PackageMove, ...]) or ()}
    work.ledger.keep(hop.number, "resolution", chosen.resolution)
    work.ledger.keep(hop.number, "moves", joined(_first_pins(work, hop), chosen, earlier))
    return (commit,) if commit else ()


def _first_pins(work: Work, hop: Hop) -> dict[str, str]:
    """The versions the hop began with."""
    first = work.ledger.kept(hop.number - 1, "resolution", Resolution)
    return dict(first.pins) if first else {}


def _verify(work: Work, hop: Hop, chosen: Bump, commits: tuple[Commit, ...]) -> Tried:
    """Check, test, exercise the site where its tests are few, and migrate: what is red is not worth more time."""
    waited = 0.0
    for name, measure in (("check", check), ("test", test), ("smoke", smoke), ("schema", schema)):
        waited += measure(work, hop).waited
        verdict = judge(work, hop, name)
        if not verdict.green:
            return Tried(reason=verdict.reason, waited=waited)
    return Tried(moves=chosen.moves, commits=commits, waited=waited)


def _message(chosen: Bump, group: Group) -> str:
    """What a group moves as the subject, every move with its reason below."""
    moves = [move for move in chosen.moves if move.name in group.moves]
    if len(moves) == 1:
        subject = f"Raise {moves[0].name} from {moves[0].start} to {moves[0].end}"
    elif moves:
        subject = "Raise " + ", ".join(move.name for move in moves[:NAMED]) + (" and more" if moves[NAMED:] else "")
    else:
        subject = "Raise what other packages require"
    return "\n".join([subject, "", *move_lines(chosen.moves), ""])


def _told(moves: tuple[PackageMove, ...]) -> str:
    return ", ".join(f"{move.name} {move.start or '-'} -> {move.end or '-'}" for move in moves) or "nothing newer"


def _versions(group: Group) -> str:
    return ", ".join(f"{name} {version}" for name, version in sorted(group.moves.items())) or group.title


def _stay(work: Work, hop: Hop, group: Group, failed: list[str], taken: Group | None = None) -> tuple[PackageKept, ...]:
    """The packages of a group that are not at the newest, with what the newest failed by."""
    if not failed:
        return ()
    footing = _footing(work, hop)
    if group.rest:
        return (PackageKept(name=group.title, version="", newest="", why=failed[0]),)
    stay = {name: pin for name, pin in group.moves.items() if taken is None or taken.moves.get(name) != pin}
    return tuple(
        PackageKept(name=name, version=footing.before[name], newest=pin, why=failed[0] + _open(footing, name, pin))
        for name, pin in sorted(stay.items())
        if footing.before[name] != pin
    )


def _open(footing: Footing, name: str, version: str) -> str:
    """What a person should know of a package that nothing in the project keeps from the version that fails."""
    locked = any(one.name == name for file in footing.project.locked for one in file.requirements)
    declared = [one for one in needed_requirements(footing.project) if one.name == name]
    if locked or not declared or not all(SpecifierSet(one.specifier).contains(version) for one in declared):
        return ""
    return f" Nothing in {declared[0].place.path} keeps a new install from {version}: cap it there."


def _record(work: Work, hop: Hop) -> Done:
    """Look for what is left to do, with what was measured on the last green group."""
    work.ledger.bring_back(hop.number, EVIDENCE, _label(work, hop))
    return record(work, hop)
