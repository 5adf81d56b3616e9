"""Running the project's tests: an outcome per test id, every warning, and each failing test once more."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from djup.model import Outcome, TestRun
from djup.reporter import Reporter
from djup.verify.counts import FAILING
from djup.verify.owners import Owners
from djup.verify.warnings import read_warnings
from djup.verify.workplace import Workplace, read_lines, run_probe

SEVERITY = {"passed": 0, "skipped": 1, "xfailed": 2, "xpassed": 3, "failed": 4, "error": 5}
AGAIN_AT_MOST = 100
"""More failing tests than this are no flicker."""

TAIL = 120
"""Lines of a log that hold a whole traceback."""

ENDINGS = re.compile(
    r"^(Ran \d+ tests?|=+ .*(passed|failed|error|no tests ran|skipped).* =+|FAILED|OK\b)", re.MULTILINE
)


def run_tests(place: Workplace, reporter: Reporter) -> TestRun:
    """Run the tests.

    Each that fails is run again, alone with the others that failed, and counts only if it fails twice.
    """
    run = _run(place, (), reporter)
    alone = _in_one_process(place)
    if not run.finished and alone is not None:
        # Without tblib a failure cannot travel between Django's processes, and takes the whole run down.
        reporter.note("the parallel test run broke down; running the tests in one process")
        place, run = alone, _run(alone, (), reporter)
    failing = [outcome for outcome in run.outcomes if outcome.status in FAILING]
    if not failing or len(failing) > AGAIN_AT_MOST or place.tests is None or place.tests.runner == "script":
        return run
    labels = _labels(place.tests.runner, [outcome.id for outcome in failing])
    if not labels:
        return run
    reporter.note(f"running {len(failing)} failing tests again")
    again = _run(msgspec.structs.replace(place, logs=place.logs / "again"), labels, reporter)
    passed = {outcome.id for outcome in again.outcomes if outcome.status == "passed"}
    flickered = [outcome.id for outcome in failing if outcome.id in passed]
    if not flickered:
        return msgspec.structs.replace(run, seconds=run.seconds + again.seconds)
    reporter.note(f"passed the second time: {', '.join(flickered[:5])}")
    outcomes = tuple(
        msgspec.structs.replace(outcome, status="passed", message=f"flickered: {outcome.message}")
        if outcome.id in flickered
        else outcome
        for outcome in run.outcomes
    )
    return msgspec.structs.replace(run, outcomes=outcomes, seconds=run.seconds + again.seconds)


def _in_one_process(place: Workplace) -> Workplace | None:
    """The same command without ``--parallel``; None where it has none."""
    if place.tests is None or place.tests.runner != "manage":
        return None
    argv = list(place.tests.argv)
    at = next((i for i, word in enumerate(argv) if word.partition("=")[0] == "--parallel"), None)
    if at is None:
        return None
    words = 2 if argv[at] == "--parallel" and argv[at + 1 : at + 2] and re.fullmatch(r"\d+|auto", argv[at + 1]) else 1
    tests = msgspec.structs.replace(place.tests, argv=(*argv[:at], *argv[at + words :]))
    return msgspec.structs.replace(place, tests=tests)


def _run(place: Workplace, labels: Sequence[str], reporter: Reporter) -> TestRun:
    tests = place.tests
    if tests is None:
        reason = "no tests were found"
        return TestRun(outcomes=(), warnings=(), seconds=0.0, returncode=0, finished=True, log="", reason=reason)
    argv = [*tests.argv, *labels] if not labels else [*_without_labels(tests.runner, tests.argv), *labels]
    ran, out = run_probe(
        place,
        "run_tests",
        [tests.runner, *argv],
        cwd=place.root / tests.directory,
        extra=tests.environment,
        watch=lambda folder: _tell(folder, reporter),
    )
    outcomes = _outcomes(out / "outcomes.jsonl")
    text = Path(ran.log).read_text(encoding="utf-8", errors="replace")
    finished = not ran.timed_out and ran.returncode >= 0 and bool(ENDINGS.search(text))
    return TestRun(
        outcomes=outcomes,
        warnings=read_warnings(out, Owners(place.root, place.python)),
        seconds=ran.seconds,
        returncode=ran.returncode,
        finished=finished,
        log=ran.log,
        reason="" if finished else _reason(ran.timed_out, place.timeout, ran.tail(8)),
        tail="" if finished else ran.tail(TAIL),
    )


def _tell(folder: Path, reporter: Reporter) -> None:
    file = folder / "outcomes.jsonl"
    if file.exists():
        reporter.progress(file.read_bytes().count(b"\n"), None, "tests")


def _reason(timed_out: bool, timeout: float, tail: str) -> str:  # read off a Ran
    return f"the tests did not end within {timeout:.0f} s" if timed_out else tail


def _outcomes(file: Path) -> tuple[Outcome, ...]:
    """One outcome per id: the worst, as a test fails when any of its parts does."""
    worst: dict[str, Outcome] = {}
    for line in read_lines(file):
        outcome = Outcome(id=line["id"], status=line["status"], seconds=line["seconds"], message=line["message"])
        known = worst.get(outcome.id)
        if known is None or SEVERITY[outcome.status] > SEVERITY[known.status]:
            worst[outcome.id] = outcome
    return tuple(worst[key] for key in sorted(worst))


def _labels(runner: str, ids: Iterable[str]) -> list[str]:
    """The labels that select tests by id; empty when some of them cannot be selected."""
    labels = [_label(runner, test_id) for test_id in ids]
    return labels if all(labels) else []


def _label(runner: str, test_id: str) -> str:
    if test_id.startswith("import of "):
        return ""
    if runner == "pytest":
        return test_id
    held = re.match(r"\w+ \(([\w.]+)\)$", test_id)
    return held.group(1) if held else test_id if re.fullmatch(r"[\w.]+", test_id) else ""


def _without_labels(runner: str, argv: Sequence[str]) -> list[str]:
    """The command without what it selects itself: options stay, as do their values given with ``=``."""
    keep = 2 if runner == "manage" or argv[0] == "-m" else 1
    return [*argv[:keep], *(word for word in argv[keep:] if word.startswith("-"))]
