"""The step that runs the project's tests and records every outcome and warning."""

from __future__ import annotations

from djup.hops.place import project_now, workplace
from djup.hops.work import Done, Work
from djup.model import Hop
from djup.verify.counts import count_tests
from djup.verify.tests import run_tests


def test(work: Work, hop: Hop) -> Done:
    """Run the tests, each failing one again, and keep every outcome and warning."""
    place = workplace(work, hop, "test", project_now(work))
    run = run_tests(place, work.reporter)
    work.ledger.keep(hop.number, "tests", run)
    counts = count_tests(run)
    message = f"{counts.passed} passed, {counts.failed} failed, {counts.skipped} skipped"
    return Done(message=message if run.finished else f"{message}; the run did not end well", waited=run.seconds)
