"""A group of packages that move together: raised to the newest versions that are green, or left where it is."""

from __future__ import annotations

import msgspec
from packaging.version import Version

from djup.hops.context import RunContext, StepOutcome
from djup.hops.evidence import RaisedGroup, raised_group
from djup.hops.package_hop.attempt import ATTEMPT, attempt, raising_context
from djup.hops.package_hop.kept import packages_kept
from djup.hops.package_hop.logs import logs_apart
from djup.hops.package_hop.messages import moves_in_words, versions_in_words
from djup.hops.session import rewind
from djup.model import Hop, PackageKept
from djup.packages.raising import Footing, Group, lower_rungs

START = "00"
"""The label of the evidence the hop begins with."""


def step_name(number: int) -> str:
    """The name of the step that raises a group; groups count from 1."""
    return f"group-{number:02}"


def last_green_label(context: RunContext, hop: Hop) -> str:
    """The label of what was measured last on green: that of the last group that was raised."""
    done = [step for step in context.ledger.steps() if step.hop == hop.number and step.step.startswith("group-")]
    green = [_label(step.step) for step in done if step.status == "done"]
    return green[-1] if green else START


def _label(name: str) -> str:
    return name.removeprefix("group-")


def raise_one_group(context: RunContext, hop: Hop, *, name: str, group: Group) -> StepOutcome:
    """Raise a group to the newest that is green; where none is, everything is as it was."""
    start, label = context.git.head, last_green_label(context, hop)
    failed: list[str] = []
    waited = 0.0
    # A process that was killed within this group has left evidence of an attempt that is gone.
    context.ledger.bring_back(hop.number, ATTEMPT, label)
    for candidate in _candidates(raising_context(context, hop), group):
        with logs_apart(context.ledger, hop.number, f"{name}-{len(failed) + 1}") as logs:
            tried = attempt(context, hop, candidate)
            logs.keep = not tried.reason
        waited += tried.waited
        if not tried.reason:
            _keep_green(context, hop, name, _stay(context, hop, group, failed, candidate))
            message = moves_in_words(tried.moves)
            return StepOutcome(message=message, commits=tried.commits, waited=waited, skipped=not tried.moves)
        failed.append(logs.renamed(tried.reason))
        context.reporter.note(f"{versions_in_words(candidate)} not taken: {failed[-1]}")
        rewind(context, start)
        context.ledger.bring_back(hop.number, ATTEMPT, label)
    stays = RaisedGroup(green=False, kept=_stay(context, hop, group, failed))
    context.ledger.keep(hop.number, raised_group(name), stays)
    why = f"stays: {failed[0]}" if failed else "went up with an earlier group"
    return StepOutcome(message=f"{group.title} {why}", waited=waited, skipped=True)


def _keep_green(context: RunContext, hop: Hop, name: str, kept: tuple[PackageKept, ...]) -> None:
    """Make what a green attempt measured what the next group begins with."""
    context.ledger.put_by(hop.number, ATTEMPT, _label(name))
    context.ledger.keep(hop.number, raised_group(name), RaisedGroup(green=True, kept=kept))


def _stay(
    context: RunContext, hop: Hop, group: Group, failed: list[str], taken: Group | None = None
) -> tuple[PackageKept, ...]:
    """What of a group stays below the newest; nothing where no attempt failed."""
    return packages_kept(raising_context(context, hop), group, failed[0], taken) if failed else ()


def _candidates(around: Footing, group: Group) -> list[Group]:
    """The newest versions, then nearer ones; none for what an earlier group took along."""
    if group.rest:
        return [group]
    behind = {name: pin for name, pin in group.moves.items() if Version(pin) > Version(around.before.get(name, pin))}
    if not behind:
        return []
    whole = msgspec.structs.replace(group, moves=behind)
    return [whole, *lower_rungs(around, whole)]
