"""One attempt to raise a group: written, installed, rewritten, and measured; what is red is for the caller to drop."""

from __future__ import annotations

from packaging.utils import canonicalize_name

from djup.errors import EnvironmentFailedError, NeedsPerson
from djup.hops.context import RunContext
from djup.hops.evidence import MOVES, RESOLUTION
from djup.hops.package_hop.messages import commit_text
from djup.hops.place import interpreter_of, project_now
from djup.hops.repairs.record import held
from djup.hops.rewriting import commit_rewritings
from djup.hops.steps import STEPS, attempt_evidence
from djup.hops.steps.bump import joined, relock_set, write_set
from djup.hops.steps.install import install
from djup.knowledge.package_changes import applicable_to
from djup.model import Commit, Hop, PackageMove, Record
from djup.packages.bump import Bump
from djup.packages.index import Index
from djup.packages.origins import sources_for
from djup.packages.raising import Footing, Group, raise_group

ATTEMPT = attempt_evidence()
"""What an attempt measures, and what one that is rolled back must not leave behind."""

STEP = "packages"
"""What the commits of this hop name as their step."""


class GroupAttempt(Record):
    """What an attempt gave: moves and commits, or the ``reason`` it is not green."""

    reason: str = ""
    moves: tuple[PackageMove, ...] = ()
    commits: tuple[Commit, ...] = ()
    waited: float = 0.0


def attempt(context: RunContext, hop: Hop, group: Group) -> GroupAttempt:
    """Write, install, rewrite, check and test; what was committed is for the caller to keep or to drop."""
    try:
        chosen = raise_group(raising_context(context, hop), group)
        if not chosen.moves:
            return GroupAttempt()
        commits = _write(context, hop, chosen, group)
        install(context, hop)
        pins = {move.name: move.end for move in chosen.moves if move.end}
        commits += commit_rewritings(context, hop, STEP, applicable_to(pins)).commits
        return _measure(context, hop, chosen, commits)
    except (EnvironmentFailedError, NeedsPerson) as error:
        return GroupAttempt(reason=error.problem)


def raising_context(context: RunContext, hop: Hop) -> Footing:
    """What stands while packages are raised, as it is after the last green group."""
    config = context.run.config
    project = project_now(context)
    sources = sources_for(config, project)
    now = context.ledger.kept(hop.number, RESOLUTION)
    before = dict(now.pins) if now else {}
    back = dict.fromkeys(held(context, hop, before), "an earlier hop put it back: newer ones fail")
    asked = {str(canonicalize_name(name)): "you asked to leave it" for name in config.skip_packages}
    return Footing(
        project=project,
        django=hop.end.django,
        interpreter=interpreter_of(hop),
        index=Index.of(sources),
        sources=sources,
        before=before,
        settled=context.today - config.cooldown,
        today=context.today,
        extra=config.requirements,
        held={**back, **asked},
    )


def _write(context: RunContext, hop: Hop, chosen: Bump, group: Group) -> tuple[Commit, ...]:
    """Commit what a group asks of manifests and locks, and keep its set; nothing is written where nothing pins it."""
    project = project_now(context)
    paths = write_set(context, hop, project, chosen)
    paths += relock_set(context, hop, project, chosen)
    commit = context.commit(hop, STEP, paths, commit_text(chosen, group))
    earlier = {move.name: move.why for move in context.ledger.kept(hop.number, MOVES) or ()}
    first = context.ledger.kept(hop.number - 1, RESOLUTION)
    context.ledger.keep(hop.number, RESOLUTION, chosen.resolution)
    context.ledger.keep(hop.number, MOVES, joined(first.pins if first else {}, chosen, earlier))
    return (commit,) if commit else ()


def _measure(context: RunContext, hop: Hop, chosen: Bump, commits: tuple[Commit, ...]) -> GroupAttempt:
    """Run every step that is judged, in their order: what is red is not worth more time."""
    waited = 0.0
    for step in STEPS:
        if step.judge is None:
            continue
        waited += step.run(context, hop).waited
        verdict = step.verdict(context, hop)
        if not verdict.green:
            return GroupAttempt(reason=verdict.reason, waited=waited)
    return GroupAttempt(moves=chosen.moves, commits=commits, waited=waited)
