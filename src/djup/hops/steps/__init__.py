"""The steps of a hop, in the order they run: one record each, and nothing about a step is said anywhere else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from djup.hops.evidence import (
    CHECKS,
    CONFIDENCE,
    DIFFERENCES,
    ENVIRONMENT,
    FINDINGS,
    LINES,
    MOVES,
    RESOLUTION,
    SCHEMA,
    SMOKE,
    SMOKE_DECISION,
    STRENGTHS,
    TEST_EDITS,
    TESTS,
)
from djup.hops.ledger import Evidence
from djup.hops.step import Step
from djup.hops.steps.adapt import adapt
from djup.hops.steps.bump import bump
from djup.hops.steps.check import check, judge_check
from djup.hops.steps.fix import fix
from djup.hops.steps.install import install
from djup.hops.steps.record import record
from djup.hops.steps.schema import judge_schema, schema
from djup.hops.steps.smoke import judge_smoke, smoke
from djup.hops.steps.test import judge_test, test
from djup.model import Hop

STEPS: tuple[Step, ...] = (
    # Rewrites what runs on the current release already, so that it is proven before any version moves.
    Step(name="fix", run=fix),
    Step(name="bump", run=bump, evidence=(RESOLUTION, MOVES), logs=True, repeated=True, repairable=True),
    Step(
        name="install",
        run=install,
        evidence=(RESOLUTION, ENVIRONMENT),
        logs=True,
        at_baseline=True,
        repeated=True,
        repairable=True,
    ),
    # Rewrites what only the release of the hop's end can run.
    Step(name="adapt", run=adapt, repeated=True, repairable=True),
    Step(name="check", run=check, judge=judge_check, evidence=(CHECKS,), logs=True, at_baseline=True, repeated=True),
    Step(
        name="test",
        run=test,
        judge=judge_test,
        evidence=(TESTS, LINES, STRENGTHS, TEST_EDITS),
        logs=True,
        at_baseline=True,
        repeated=True,
    ),
    Step(
        name="smoke",
        run=smoke,
        judge=judge_smoke,
        evidence=(SMOKE_DECISION, SMOKE, DIFFERENCES),
        logs=True,
        at_baseline=True,
        repeated=True,
    ),
    Step(name="schema", run=schema, judge=judge_schema, evidence=(SCHEMA,), logs=True, at_baseline=True, repeated=True),
    # Looks for what is left to do. Nothing depends on it, so a repair does not repeat it: it runs once all is green.
    Step(name="record", run=record, evidence=(FINDINGS, CONFIDENCE), at_baseline=True),
)


def steps_of(hop: Hop, steps: Sequence[Step] = STEPS) -> tuple[Step, ...]:
    """The steps that a hop runs; hop 0 is the baseline."""
    return tuple(step for step in steps if hop.number or step.at_baseline)


def repeated_names(steps: Sequence[Step] = STEPS) -> tuple[str, ...]:
    """The names of the steps that run again once a repair is known or a person mended something."""
    return tuple(step.name for step in steps if step.repeated)


def attempt_evidence(steps: Sequence[Step] = STEPS) -> tuple[Evidence[Any], ...]:
    """What an attempt measures: the evidence of the steps that may be repeated, each key once."""
    return tuple(dict.fromkeys(key for step in steps if step.repeated for key in step.evidence))
