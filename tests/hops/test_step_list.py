"""The list of steps: what is said of each, and that a made-up step needs nothing but its record in the list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

import pytest

from djup.config import Config
from djup.git import Git
from djup.hops.context import RunContext, StepOutcome
from djup.hops.evidence import TESTS
from djup.hops.hop import run_hop
from djup.hops.ledger import Evidence, Ledger, Run
from djup.hops.session import open_run
from djup.hops.step import Step
from djup.hops.steps import STEPS, attempt_evidence, repeated_names, steps_of
from djup.hops.verdict import Verdict
from djup.model import Hop, Stop, UpgradePath
from djup.reporter import Reporter

START, END = Stop(django="3.2.25", python=(3, 9)), Stop(django="4.0.10", python=(3, 9))
NOW = dt.datetime(2026, 11, 21, 4, 0, tzinfo=dt.UTC)


# --- what the list says ---------------------------------------------------------------------------------------------


def test_the_baseline_runs_what_measures_and_changes_nothing():
    assert [step.name for step in steps_of(_hop(0))] == ["install", "check", "test", "smoke", "schema", "record"]
    assert steps_of(_hop(1)) == STEPS


def test_what_a_repair_changes_is_repeated_and_comes_before_what_is_judged():
    names = [step.name for step in STEPS]
    repairable = [step.name for step in STEPS if step.repairable]
    judged = [step.name for step in STEPS if step.judge]
    assert set(repairable) <= set(repeated_names())
    assert names.index(repairable[-1]) < names.index(judged[0])


def test_what_is_judged_is_at_the_baseline_as_there_would_be_nothing_to_compare_with():
    assert all(step.at_baseline and step.evidence for step in STEPS if step.judge)


def test_an_attempt_takes_all_it_measured_with_it():
    keys = attempt_evidence()
    assert TESTS in keys
    assert len({key.name for key in keys}) == len(keys)


def test_the_docs_show_the_list_as_it_is():
    text = (Path(__file__).parents[2] / "docs" / "architecture.md").read_text()
    rows = [[cell.strip() for cell in row.split("|")[1:-1]] for row in text.splitlines() if row.startswith("| `")]
    shown = {row[0].strip("`"): row[2:] for row in rows if len(row) == COLUMNS}
    assert list(shown) == [step.name for step in STEPS]
    assert shown == {step.name: [_yes(step.at_baseline), _yes(bool(step.judge)), _repeated(step)] for step in STEPS}


COLUMNS = 5


def _yes(said: bool) -> str:
    return "yes" if said else ""


def _repeated(step: Step) -> str:
    return "yes, and changed by repairs" if step.repairable else _yes(step.repeated)


# --- a step that docs/contributing.md makes up ----------------------------------------------------------------------

LICENCES = Evidence("licences", tuple[str, ...], of_stop=True)


def licences(context: RunContext, hop: Hop) -> StepOutcome:
    """List the licence files of the project."""
    found = tuple(sorted(path.name for path in context.root.glob("LICEN*")))
    context.ledger.keep(hop.number, LICENCES, found)
    return StepOutcome(message=f"{len(found)} licences")


def judge_licences(context: RunContext, hop: Hop) -> Verdict:
    """None that was there at the baseline may be gone."""
    before, now = context.ledger.kept(0, LICENCES) or (), context.ledger.kept(hop.number, LICENCES) or ()
    gone = set(before) - set(now)
    return Verdict(green=not gone, reason=f"a licence is gone: {', '.join(sorted(gone))}." if gone else "")


MADE_UP = Step(
    name="licences",
    run=licences,
    judge=judge_licences,
    evidence=(LICENCES,),
    at_baseline=True,
    repeated=True,
)


def drop_licence(context: RunContext, hop: Hop) -> StepOutcome:
    """Stands for a rewriting that does harm."""
    commit = context.commit(hop, "drop", [_removed(context)], "Drop the licence")
    return StepOutcome(message="dropped", commits=(commit,) if commit else ())


def _removed(context: RunContext) -> str:
    (context.root / "LICENSE").unlink()
    return context.in_worktree("LICENSE")


REWRITING = next(step for step in STEPS if step.name == "fix")


class Told(Reporter):
    """Notes the steps that ran and that were taken from an earlier run."""

    def __init__(self) -> None:
        self.ran: list[str] = []
        self.resumed: list[str] = []

    def step_started(self, hop: Hop, step: str) -> None:
        self.ran.append(f"{hop.number}-{step}")

    def step_resumed(self, hop: Hop, step: str) -> None:
        self.resumed.append(f"{hop.number}-{step}")


def _hop(number: int) -> Hop:
    end = END if number else START
    return Hop(number=number, kind="feature", start=START, end=end, why="the next release", crossed=((4, 0),))


@pytest.fixture
def context(repository: Git) -> RunContext:
    folder = repository.folder
    (folder / "LICENSE").write_text("as you like\n")
    (folder / "texts.py").write_text("from django.utils.encoding import force_text\n\nforce_text(1)\n")
    (folder / "requirements.txt").write_text("Django==3.2.25\n")
    made = repository.commit(["LICENSE", "texts.py", "requirements.txt"], "Second\n", NOW)
    assert made
    run = Run(
        branch="djup/4.0",
        base=made,
        top=folder,
        inside=PurePosixPath(),
        started=NOW,
        config=Config(),
        path=UpgradePath(start=START, target=END, hops=(_hop(1),)),
    )
    return open_run(run, Ledger(folder / ".git", run.branch), Told())


def run_both(context: RunContext, steps: Sequence[Step]) -> tuple[bool, str]:
    baseline = run_hop(context, _hop(0), steps)
    assert baseline.green
    result = run_hop(context, _hop(1), steps)
    return result.green, result.reason


def test_a_made_up_step_runs_at_the_baseline_and_in_the_hop_beside_a_real_one(context: RunContext):
    assert run_both(context, (REWRITING, MADE_UP)) == (True, "")
    assert context.reporter.ran == ["0-licences", "1-fix", "1-licences"]  # type: ignore[attr-defined]
    assert context.ledger.kept(1, LICENCES) == ("LICENSE",)
    assert "force_str" in (context.root / "texts.py").read_text()


def test_its_verdict_stops_the_hop_and_the_steps_after_it(context: RunContext):
    drop, after = Step(name="drop", run=drop_licence), Step(name="after", run=licences)
    green, reason = run_both(context, (drop, MADE_UP, after))
    assert (green, reason) == (False, "a licence is gone: LICENSE.")
    assert context.reporter.ran == ["0-licences", "1-drop", "1-licences"]  # type: ignore[attr-defined]


def test_once_a_person_mended_what_was_wrong_only_what_is_repeated_runs_again(context: RunContext):
    drop = Step(name="drop", run=drop_licence)
    steps = (drop, MADE_UP)
    run_both(context, steps)
    context.git.ask("revert", "--no-edit", "HEAD")
    context.ledger.forget_steps(1, repeated_names(steps))
    assert run_hop(context, _hop(1), steps).green
    assert context.reporter.resumed == ["1-drop"]  # type: ignore[attr-defined]
