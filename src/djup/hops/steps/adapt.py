"""The step that rewrites what only the release a hop leads to can run, one commit per rule."""

from __future__ import annotations

import msgspec

from djup.hops.first_migrations import write_first_migrations
from djup.hops.migrating import write_migration
from djup.hops.repairs import repairs_of
from djup.hops.rewriting import commit_rewritings
from djup.hops.work import Done, Work
from djup.knowledge.changes import all_changes, applicable
from djup.knowledge.package_changes import applicable_to, every_change
from djup.model import Hop, release_text
from djup.packages.resolve import Resolution


def adapt(work: Work, hop: Hop) -> Done:
    """Rewrite late: what the end of the hop can run and its start could not."""
    path = work.run.path
    early, _ = applicable(all_changes(), at=hop.end.release, target=path.target.release, since=path.start.release)
    now = work.ledger.kept(hop.number, "resolution", Resolution)
    pins = {**(now.pins if now else {}), "python": release_text(hop.end.python)}
    done = commit_rewritings(work, hop, "adapt", [*early, *applicable_to(pins)])
    asked = [repair for repair in repairs_of(work, hop) if repair.change and not repair.vain]
    rewritings = [one for one in every_change() for repair in asked if repair.rewrite and repair.change == one.id]
    if rewritings:
        more = commit_rewritings(work, hop, "adapt", rewritings)
        message = f"{done.message}; as a repair {more.message}"
        done = Done(message=message, commits=(*done.commits, *more.commits), skipped=done.skipped and more.skipped)
    moving = [repair for repair in asked if not repair.rewrite]
    written = write_first_migrations(work, hop)
    written += tuple(commit for repair in moving if (commit := write_migration(work, hop, repair)))
    if not written:
        return done
    return msgspec.structs.replace(
        done, commits=(*done.commits, *written), message=f"{done.message}, {len(written)} migrations", skipped=False
    )
