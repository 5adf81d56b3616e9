"""The step that records what is left to do: where changes still apply, found in the text and in warnings."""

from __future__ import annotations

from djup.facts.project import build_facts
from djup.fixers.engine.walk import find_tree
from djup.hops.confidence import confidence_of
from djup.hops.context import RunContext, StepOutcome
from djup.hops.evidence import CHECKS, CONFIDENCE, DIFFERENCES, FINDINGS, SCHEMA, TESTS
from djup.hops.place import project_now
from djup.hops.warning_findings import from_warnings
from djup.knowledge.changes import all_changes
from djup.model import Hop
from djup.scope import scope_of
from djup.source.files import project_files
from djup.verify.proof import findings_of_schema
from djup.verify.smoke.meaning import findings_of_smoke


def record(context: RunContext, hop: Hop) -> StepOutcome:
    """Search the whole project for what the way to the target still asks of it, and keep the findings."""
    start, target = context.run.path.start.release, context.run.path.target.release
    changes = [
        change
        for change in all_changes()
        if start < change.release <= target or change.known_since <= target < change.release
    ]
    paths = project_files(context.root)
    facts = build_facts(context.root, paths, project_now(context).settings_files)
    scope = scope_of(context.run.config)
    found = list(find_tree(context.root, scope.files(paths), scope.changes(changes), facts))
    kept = context.ledger.kept
    tests = kept(hop.number, TESTS)
    checks = kept(hop.number, CHECKS) or ()
    warnings = [*(tests.warnings if tests else ()), *(warning for checked in checks for warning in checked.warnings)]
    found += from_warnings(warnings, changes, found)
    # Differences of earlier hops are still there: nothing since has taken them back.
    differences = [difference for n in range(1, hop.number + 1) for difference in kept(n, DIFFERENCES) or ()]
    found += findings_of_smoke(differences, context.run.config.accept_differences)
    found += findings_of_schema(kept(hop.number, SCHEMA))
    context.ledger.keep(hop.number, FINDINGS, tuple(found))
    if hop.number:
        context.ledger.keep(hop.number, CONFIDENCE, confidence_of(context, hop))
    return StepOutcome(message=f"{len(found)} places still to look at" if found else "nothing left to look at")
