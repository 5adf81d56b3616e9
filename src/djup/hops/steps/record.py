"""The step that records what is left to do: where changes still apply, found in the text and in warnings."""

from __future__ import annotations

from djup.facts.gather import build_facts
from djup.fixers.engine.walk import find_tree
from djup.hops.findings import from_warnings
from djup.hops.place import project_now
from djup.hops.proving import confidence_of
from djup.hops.smoking import schema_findings, smoke_findings
from djup.hops.work import Done, Work
from djup.knowledge.changes import all_changes
from djup.model import Checked, Hop, TestRun
from djup.scope import scope_of
from djup.source.files import project_files


def record(work: Work, hop: Hop) -> Done:
    """Search the whole project for what the way to the target still asks of it, and keep the findings."""
    start, target = work.run.path.start.release, work.run.path.target.release
    changes = [
        change
        for change in all_changes()
        if start < change.release <= target or change.known_since <= target < change.release
    ]
    paths = project_files(work.root)
    facts = build_facts(work.root, paths, project_now(work).settings_files)
    scope = scope_of(work.run.config)
    found = list(find_tree(work.root, scope.files(paths), scope.changes(changes), facts))
    tests = work.ledger.kept(hop.number, "tests", TestRun)
    checks = work.ledger.kept(hop.number, "checks", tuple[Checked, ...]) or ()
    warnings = [*(tests.warnings if tests else ()), *(warning for one in checks for warning in one.warnings)]
    found += from_warnings(warnings, changes, found)
    found += [*smoke_findings(work, hop), *schema_findings(work, hop)]
    work.ledger.keep(hop.number, "findings", tuple(found))
    if hop.number:
        work.ledger.keep(hop.number, "confidence", confidence_of(work, hop))
    return Done(message=f"{len(found)} places still to look at" if found else "nothing left to look at")
