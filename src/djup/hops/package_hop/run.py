"""The last hop: what can be raised is looked up, then raised group by group; it is green whatever stays where it is."""

from __future__ import annotations

import functools

from packaging.utils import canonicalize_name

from djup.errors import EnvironmentFailedError
from djup.hops.context import RunContext, StepOutcome
from djup.hops.evidence import MOVES, OUTLOOK, RaisedGroup, raised_group
from djup.hops.package_hop.attempt import ATTEMPT, raising_context
from djup.hops.package_hop.group import START, last_green_label, raise_one_group, step_name
from djup.hops.session import mark_green
from djup.hops.step import results_of, run_once
from djup.hops.steps.record import record
from djup.model import Hop, HopResult
from djup.packages.outlook import Outlook, outlook


def run_package_hop(context: RunContext, hop: Hop) -> HopResult:
    """Raise one group after the other, and record how the hop went."""
    context.reporter.hop_started(hop)
    run_once(context, hop, "look", _look)
    found = context.ledger.kept(hop.number, OUTLOOK) or Outlook()
    names = [step_name(number) for number in range(1, len(found.groups) + 1)]
    for name, group in zip(names, found.groups, strict=True):
        run_once(context, hop, name, functools.partial(raise_one_group, name=name, group=group))
    run_once(context, hop, "record", _record)
    raised = [context.ledger.kept(hop.number, raised_group(name)) or RaisedGroup(green=False) for name in names]
    result = HopResult(
        hop=hop,
        green=True,
        steps=results_of(context, hop),
        packages=context.ledger.kept(hop.number, MOVES) or (),
        kept=(*found.kept, *(package for group in raised for package in group.kept)),
    )
    mark_green(context)
    context.ledger.end_hop(result)
    context.reporter.hop_ended(hop, green=True)
    return result


def _look(context: RunContext, hop: Hop) -> StepOutcome:
    """Find out what can be raised; the hop begins with what the stop before was green with."""
    context.ledger.hand_on(hop.number - 1, hop.number, [key for key in ATTEMPT if key.of_stop])
    context.ledger.keep(hop.number, MOVES, ())
    context.ledger.put_by(hop.number, ATTEMPT, START)
    try:
        only = frozenset(map(canonicalize_name, context.run.config.only_packages))
        found = outlook(raising_context(context, hop), only)
    except EnvironmentFailedError as error:
        # The upgrade itself is done: an index that is out of reach now must not take its green away.
        context.reporter.note(f"no package is raised: {error.problem}")
        found = Outlook()
    context.ledger.keep(hop.number, OUTLOOK, found)
    return StepOutcome(message=f"{len(found.groups)} groups to raise, {len(found.kept)} packages stay")


def _record(context: RunContext, hop: Hop) -> StepOutcome:
    """Look for what is left to do, with what was measured on the last green group."""
    context.ledger.bring_back(hop.number, ATTEMPT, last_green_label(context, hop))
    return record(context, hop)
