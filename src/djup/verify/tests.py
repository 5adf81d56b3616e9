"""Running the project's tests: an outcome per test id, every warning, and each failing test again."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

import msgspec
from packaging.version import Version

from djup.model import Outcome, TestCommand, TestRun
from djup.process import Ran
from djup.project.tests import DOTTED_LABELS
from djup.reporter import Reporter
from djup.verify.counts import FAILING
from djup.verify.dependencies import Installed
from djup.verify.owners import Owners
from djup.verify.reruns import repeated, settle
from djup.verify.warnings import read_warnings
from djup.verify.workplace import Workplace, read_lines, run_probe

SEVERITY = {"passed": 0, "skipped": 1, "xfailed": 2, "xpassed": 3, "failed": 4, "error": 5}
VALUED = frozenset({
    "-v", "--verbosity", "--settings", "--pythonpath", "--testrunner", "--tag", "--exclude-tag", "-k", "-p",
    "--pattern", "-t", "--top-level-directory",
})  # fmt: skip
"""The options of Django's test command whose value may be a word of its own."""

TAIL = 120
"""Lines of a log that hold a whole traceback."""

ENDINGS = re.compile(
    r"^(Ran \d+ tests?|=+ .*(passed|failed|error|no tests ran|skipped| in \d+\.\d+ ?s).* =+|FAILED|OK\b)", re.MULTILINE
)


def run_tests(place: Workplace, reporter: Reporter, *, twice: bool = False, known: Collection[str] = ()) -> TestRun:
    """Run the tests, ``twice`` to find what is flaky, and what fails again: see :func:`djup.verify.reruns.settle`.

    The ``known`` are tests that may fail: nothing is learnt by running them again.
    """
    run = _run(place, (), reporter)
    alone = _in_one_process(place)
    if not run.finished and alone is not None:
        # Without tblib a failure cannot travel between Django's processes, and takes the whole run down.
        reporter.note("the parallel test run broke down; running the tests in one process")
        place, run = alone, _run(alone, (), reporter)
    settled = settle(run, _Again(place, reporter), reporter.note, known) if _can_select(place, run) else run
    if twice and run.finished and run.outcomes:
        settled = repeated(settled, _run(msgspec.structs.replace(place, logs=place.logs / "twice"), (), reporter))
    return settled


class _Again:
    """Runs tests again by their ids, each time into logs of its own."""

    def __init__(self, place: Workplace, reporter: Reporter) -> None:
        self.place = place
        self.reporter = reporter
        self.times = 0

    def __call__(self, ids: Sequence[str], seed: int) -> TestRun:
        self.times += 1
        environment = {**self.place.environment, "DJUP_SEED": str(seed)}
        logs = self.place.logs / f"again-{self.times}"
        place = msgspec.structs.replace(self.place, logs=logs, environment=environment)
        return _run(place, _labels(self.place, ids), self.reporter)


def _can_select(place: Workplace, run: TestRun) -> bool:
    """Whether each failing test can be run by itself: no script takes ids, and a module that fails to import has none.

    A run that was cut short has no order to compare with.
    """
    if place.tests is None or place.tests.runner == "script" or not run.finished:
        return False
    failing = [outcome.id for outcome in run.outcomes if outcome.status in FAILING]
    return bool(_labels(place, failing))


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
    argv = [*_without_labels(tests, place.root / tests.directory), *labels] if labels else tests.argv
    ran, out = run_probe(
        place,
        "run_tests",
        [tests.runner, *argv],
        cwd=place.root / tests.directory,
        extra=tests.environment,
        watch=lambda folder: _tell(folder, reporter),
    )
    outcomes = _outcomes(out / "outcomes.jsonl")
    packaged = len(read_lines(out / "packaged.jsonl"))
    if packaged:
        reporter.note(f"{packaged} tests of installed packages ran as well; they are not counted")
    text = Path(ran.log).read_text(encoding="utf-8", errors="replace")
    finished = not ran.timed_out and ran.returncode >= 0 and bool(ENDINGS.search(text))
    return TestRun(
        outcomes=outcomes,
        warnings=read_warnings(out, Owners(place.root, place.python)),
        seconds=ran.seconds,
        returncode=ran.returncode,
        finished=finished,
        log=ran.log,
        reason="" if finished else _reason(ran, place.timeout, out),
        tail="" if finished else ran.tail(TAIL),
    )


def _tell(folder: Path, reporter: Reporter) -> None:
    file = folder / "outcomes.jsonl"
    if file.exists():
        reporter.progress(file.read_bytes().count(b"\n"), None, "tests")


def _reason(ran: Ran, timeout: float, out: Path) -> str:
    """Why a run did not end, with the tests that were running when their time was up."""
    if not ran.timed_out:
        return ran.tail(8)
    running = sorted({name for file in out.glob("running-*.txt") if (name := file.read_text(errors="replace").strip())})
    shown = f"; running then: {', '.join(running)}" if running else ""
    return f"the tests did not end within {timeout:.0f} s{shown}"


def _outcomes(file: Path) -> tuple[Outcome, ...]:
    """One outcome per id: the worst, as a test fails when any of its parts does."""
    worst: dict[str, Outcome] = {}
    for line in read_lines(file):
        outcome = Outcome(id=line["id"], status=line["status"], seconds=line["seconds"], message=line["message"])
        known = worst.get(outcome.id)
        if known is None or SEVERITY[outcome.status] > SEVERITY[known.status]:
            worst[outcome.id] = outcome
    return tuple(worst[key] for key in sorted(worst))


def _labels(place: Workplace, ids: Iterable[str]) -> list[str]:
    """The labels that select tests by id; empty when some of them cannot be selected."""
    runner = place.tests.runner if place.tests else "script"
    django = Installed(place.python).version("django")
    old = runner == "manage" and bool(django) and Version(django) < DOTTED_LABELS
    labels = [_label(runner, test_id, old=old) for test_id in ids]
    return labels if all(labels) else []


def _label(runner: str, test_id: str, *, old: bool) -> str:
    if test_id.startswith("import of "):
        return ""
    if runner == "pytest":
        return test_id
    held = re.match(r"\w+ \(([\w.]+)\)$", test_id)
    label = held.group(1) if held else test_id if re.fullmatch(r"[\w.]+", test_id) else ""
    return old_label(label) if old else label


def old_label(label: str) -> str:
    """``app.Case.test``: what the test command took before Django 1.6, from the dotted name of a test in ``app.tests``.

    Empty for what lies elsewhere, which it could not run by itself.
    """
    found = re.fullmatch(r"(?:[\w.]*\.)?(\w+)\.(?:tests|models)(?:\.\w+)*\.([A-Z]\w*)(\.test\w*)", label)
    return f"{found[1]}.{found[2]}{found[3]}" if found else ""


def _without_labels(tests: TestCommand, folder: Path) -> list[str]:
    """The command without what it selects itself; options stay, with their values."""
    argv = tests.argv
    keep = 2 if tests.runner == "manage" or argv[0] == "-m" else 1
    kept = list(argv[:keep])
    for before, word in zip(argv[keep - 1 :], argv[keep:], strict=False):
        is_value = before in VALUED if tests.runner == "manage" else not (folder / word.partition("::")[0]).exists()
        if word.startswith("-") or is_value:
            kept.append(word)
    return kept
