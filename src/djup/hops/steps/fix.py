"""The step that rewrites what already runs on the release the project is on, one commit per rule."""

from __future__ import annotations

from djup.hops.context import RunContext, StepOutcome
from djup.hops.evidence import RESOLUTION
from djup.hops.rewriting import commit_rewritings
from djup.knowledge.changes import all_changes, applicable
from djup.knowledge.package_changes import applicable_to
from djup.model import Hop, Release, release_text

PYTHON_3: Release = (3, 0)


def fix(context: RunContext, hop: Hop) -> StepOutcome:
    """Rewrite early: what the start of the hop can run already, as far as the whole path will need it."""
    path = context.run.path
    early, _ = applicable(all_changes(), at=hop.start.release, target=path.target.release, since=path.start.release)
    before = context.ledger.kept(hop.number - 1, RESOLUTION)
    pins = {**(before.pins if before else {}), "python": release_text(hop.start.python)}
    leaves_python_2 = hop.start.python < PYTHON_3 <= hop.end.python
    return commit_rewritings(context, hop, "fix", [*early, *applicable_to(pins, leaves_python_2=leaves_python_2)])
