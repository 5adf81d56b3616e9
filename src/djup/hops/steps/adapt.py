"""The step that rewrites what only the release a hop leads to can run, one commit per rule."""

from __future__ import annotations

import msgspec

from djup.hops.context import RunContext, StepOutcome
from djup.hops.evidence import RESOLUTION
from djup.hops.first_migrations import write_first_migrations
from djup.hops.repairs.migration import write_migration
from djup.hops.repairs.record import repairs_of
from djup.hops.rewriting import commit_rewritings
from djup.knowledge.changes import all_changes, applicable
from djup.knowledge.package_changes import applicable_to, every_change
from djup.model import Hop, release_text


def adapt(context: RunContext, hop: Hop) -> StepOutcome:
    """Rewrite late: what the end of the hop can run and its start could not."""
    path = context.run.path
    early, _ = applicable(all_changes(), at=hop.end.release, target=path.target.release, since=path.start.release)
    now = context.ledger.kept(hop.number, RESOLUTION)
    pins = {**(now.pins if now else {}), "python": release_text(hop.end.python)}
    outcome = commit_rewritings(context, hop, "adapt", [*early, *applicable_to(pins)])
    asked = [repair for repair in repairs_of(context, hop) if repair.change and not repair.vain]
    rewritings = [
        change for change in every_change() for repair in asked if repair.rewrite and repair.change == change.id
    ]
    if rewritings:
        more = commit_rewritings(context, hop, "adapt", rewritings)
        message = f"{outcome.message}; as a repair {more.message}"
        outcome = StepOutcome(
            message=message, commits=(*outcome.commits, *more.commits), skipped=outcome.skipped and more.skipped
        )
    moving = [repair for repair in asked if not repair.rewrite]
    written = write_first_migrations(context, hop)
    written += tuple(commit for repair in moving if (commit := write_migration(context, hop, repair)))
    if not written:
        return outcome
    return msgspec.structs.replace(
        outcome,
        commits=(*outcome.commits, *written),
        message=f"{outcome.message}, {len(written)} migrations",
        skipped=False,
    )
