"""Migrations that a release of Django asks for itself: a field of its own abstract models changed."""

from __future__ import annotations

import re
from pathlib import Path

from djup.errors import NeedsPerson
from djup.hops.context import RunContext
from djup.hops.place import project_now, workplace
from djup.hops.repairs.repair import Repair
from djup.hops.rewriting import commit_message
from djup.knowledge.changes import Change, all_changes
from djup.knowledge.changes import change as change_by_id
from djup.model import Commit, Hop
from djup.verify.compare import Worse
from djup.verify.workplace import run_probe


def known_drift(hop: Hop, worse: Worse) -> Repair | None:
    """The repair of a drift all of which Django documents; None where anything else differs, which is a person's."""
    if worse.kind != "drift":
        return None
    causes = [_cause(hop, part) for part in worse.message.split("; ")]
    if not causes or None in causes:
        return None
    first = next(change for change in causes if change is not None)
    return Repair(package=worse.subject, why=f"needs a migration: {first.summary}", change=first.id)


def _cause(hop: Hop, operation: str) -> Change | None:
    """The newest change, in effect at the end of the hop, that an operation comes from."""
    return next(
        (
            change
            for change in reversed(all_changes())
            if change.release <= hop.end.release and any(operation.startswith(text) for text in change.seen.drift)
        ),
        None,
    )


def write_migration(context: RunContext, hop: Hop, repair: Repair) -> Commit | None:
    """Write and commit the migration of one app; raises NeedsPerson with the end of the log where it fails."""
    place = workplace(context, hop, "migrate", project_now(context))
    known = change_by_id(repair.change)
    name = re.sub(r"\W", "_", f"django_{known.id}").replace("-", "_")
    before = set(context.git.changed())
    ran, _ = run_probe(place, "write_migration", [repair.package, name], cwd=_folder(context, place.root))
    if not ran.ok:
        raise NeedsPerson(f"the migration of {repair.package} could not be written: {ran.tail(3)}", path=ran.log)
    made = sorted(set(context.git.changed()) - before)
    return context.commit(
        hop, "adapt", made, commit_message(known, len(made), len(made)), change=known.id, edits=len(made)
    )


def _folder(context: RunContext, root: Path) -> Path:
    project = project_now(context)
    return root / project.tests.value.directory if project.tests else root
