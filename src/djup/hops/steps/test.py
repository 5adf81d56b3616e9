"""The step that runs the project's tests and records every outcome, every warning, and which lines ran."""

from __future__ import annotations

from djup.environments.overlay import coverage_overlay
from djup.hops.changed import changed_sources
from djup.hops.edits import test_edits
from djup.hops.place import project_now, workplace
from djup.hops.work import Done, Work
from djup.model import Hop, TestRun
from djup.project.tree import Tree
from djup.verify.assertions import strengths
from djup.verify.counts import count_tests, failing_of
from djup.verify.lines import lines_ran, measured
from djup.verify.tests import run_tests


def test(work: Work, hop: Hop) -> Done:
    """Run the tests, each failing one again; keep every outcome and warning, and what became of their code.

    At the baseline all own lines are measured; later only those of files that the hop changed, which costs little.
    """
    place = workplace(work, hop, "test", project_now(work))
    overlay = coverage_overlay(place.python).folder if place.tests else None
    only = changed_sources(work, hop) if hop.number else ()
    twice = hop.number == 0 and work.run.config.repeat_baseline
    before = work.ledger.kept(0, "tests", TestRun) if hop.number else None
    known = failing_of(before) if before is not None else frozenset()
    if overlay is not None and (only or not hop.number):
        run = run_tests(measured(place, overlay, only), work.reporter, twice=twice, known=known)
        work.ledger.keep(hop.number, "lines", lines_ran(place, overlay))
    else:
        run = run_tests(place, work.reporter, twice=twice, known=known)
    work.ledger.keep(hop.number, "tests", run)
    work.ledger.keep(hop.number, "strengths", strengths(work.root, Tree(work.root).python_files))
    work.ledger.keep(hop.number, "test-edits", test_edits(work))
    counts = count_tests(run)
    message = f"{counts.passed} passed, {counts.failed} failed, {counts.skipped} skipped"
    return Done(message=message if run.finished else f"{message}; the run did not end well", waited=run.seconds)
