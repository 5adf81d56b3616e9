"""When a hop has smoke tests, and what their differences mean for it: worse things, or findings."""

from __future__ import annotations

from collections.abc import Sequence

from djup.hops.work import Work
from djup.model import Finding, Hop, Record, TestRun
from djup.verify.compare import Worse
from djup.verify.counts import count_tests
from djup.verify.lines import Coverage
from djup.verify.proof import SchemaProof
from djup.verify.smoke.records import Difference

FEW_TESTS = 20
LITTLE_REACHED = 60.0
"""Per cent of statements."""


class Wanted(Record):
    """Whether smoke tests are run, and why."""

    smoke: bool
    why: str


def wanted(work: Work) -> Wanted:
    """Decide once, at the baseline, from the configuration and from what the project's own tests are."""
    if work.run.config.smoke is False:
        return Wanted(smoke=False, why="the configuration says so")
    kept = work.ledger.kept(0, "smoke-wanted", Wanted)
    if kept is not None:
        return kept
    made = _decide(work)
    work.ledger.keep(0, "smoke-wanted", made)
    return made


def _decide(work: Work) -> Wanted:
    config = work.run.config.smoke
    if config != "auto":
        return Wanted(smoke=config, why="the configuration says so")
    tests = work.ledger.kept(0, "tests", TestRun)
    passed = count_tests(tests).passed if tests else 0
    if passed < FEW_TESTS:
        return Wanted(smoke=True, why=f"the project has {passed} tests that pass" if passed else "there are no tests")
    lines = work.ledger.kept(0, "lines", Coverage)
    if lines is None or not lines.files:
        return Wanted(smoke=False, why=f"the project has {passed} tests; how much they reach was not measured")
    if lines.percent < LITTLE_REACHED:
        return Wanted(smoke=True, why=f"the project's {passed} tests reach {lines.percent:.0f} % of its statements")
    return Wanted(smoke=False, why=f"the project's {passed} tests reach {lines.percent:.0f} % of its statements")


def smoke_worse(work: Work, hop: Hop) -> tuple[Worse, ...]:
    """The differences that keep a hop from being green: those of severity must that no release and no user explains."""
    if work.run.config.smoke is False:
        return ()
    found = work.ledger.kept(hop.number, "differences", tuple[Difference, ...]) or ()
    return tuple(
        Worse(kind="smoke", subject=one.subjects[0] + _more(one), message=one.message, trace=one.trace)
        for one in found
        if one.blocks and not is_accepted(one, work.run.config.accept_differences)
    )


def is_accepted(one: Difference, texts: Sequence[str]) -> bool:
    """Whether the user has said of a difference that it is meant, by a text in its line."""
    return any(text in f"smoke {one.subjects[0]}{_more(one)}: {one.message}" for text in texts)


def schema_worse(work: Work, hop: Hop) -> tuple[Worse, ...]:
    """What keeps a hop from being green: own tables or columns that are lost, or migrations that fail now."""
    proof = work.ledger.kept(hop.number, "schema", SchemaProof)
    if proof is None:
        return ()
    if proof.reason:
        failed = next((one for one in (proof.new, proof.forward) if one and one.error), proof.new)
        return (Worse(kind="schema", subject="migrations", message=proof.reason, trace=failed.trace),)
    grave = [one for one in (*proof.lost, *proof.apart) if one.severity == "must"]
    return tuple(Worse(kind="schema", subject=one.table, message=one.message) for one in grave)


def schema_findings(work: Work, hop: Hop) -> tuple[Finding, ...]:
    """Where this stop's schema is not what it was, for a person to look at."""
    proof = work.ledger.kept(hop.number, "schema", SchemaProof)
    if proof is None:
        return ()
    pairs = [(one, "A new database") for one in proof.lost]
    pairs += [(one, "A database migrated forward, compared with a new one") for one in proof.apart]
    return tuple(
        Finding(
            change=f"schema/{one.what}",
            summary=f"{which}: {one.message}",
            severity="should" if one.severity == "must" else one.severity,
            place=None,
            source="failure",
            hint="Write a migration, or see that the difference is meant.",
        )
        for one, which in pairs
    )


def smoke_findings(work: Work, hop: Hop) -> tuple[Finding, ...]:
    """The differences a person should know of, from all hops so far: explained ones, and those that do not block."""
    found: list[Finding] = []
    for number in range(1, hop.number + 1):
        for one in work.ledger.kept(number, "differences", tuple[Difference, ...]) or ():
            if one.blocks and not is_accepted(one, work.run.config.accept_differences):
                continue
            summary = f"{one.explanation or one.message} — {one.subjects[0]}{_more(one)}"
            found.append(
                Finding(
                    change=one.change or f"smoke/{one.aspect}",
                    summary=summary,
                    severity=one.severity,
                    place=None,
                    source="failure",
                    hint="Seen by the smoke tests; look whether it is meant.",
                )
            )
    return tuple(found)


def _more(one: Difference) -> str:
    return f" and {len(one.subjects) - 1} more" if len(one.subjects) > 1 else ""
