"""Gathers the evidence of a hop into one statement of what is proven and what is not."""

from __future__ import annotations

from collections import Counter

from djup.hops.changed import changed_lines
from djup.hops.smoking import Wanted
from djup.hops.work import Work
from djup.model import Hop, TestRun
from djup.verify.confidence import Confidence, unexercised
from djup.verify.counts import count_tests
from djup.verify.lines import Coverage, joined
from djup.verify.proof import SchemaProof
from djup.verify.smoke.records import Difference, Reached, Smoke, count_reached


def confidence_of(work: Work, hop: Hop) -> Confidence:
    """What is known of a hop from what its steps measured."""
    tests = work.ledger.kept(hop.number, "tests", TestRun)
    smoke = work.ledger.kept(hop.number, "smoke", Smoke)
    wanted = work.ledger.kept(0, "smoke-wanted", Wanted)
    ran = joined(work.ledger.kept(hop.number, "lines", Coverage), smoke.lines if smoke else None)
    changed = {path: lines for path, lines in changed_lines(work, hop).items() if path.endswith(".py")}
    texts = {path: (work.root / path).read_text(encoding="utf-8", errors="replace").splitlines() for path in changed}
    total, did, missed = unexercised(changed, ran, texts)
    differences = work.ledger.kept(hop.number, "differences", tuple[Difference, ...]) or ()
    return Confidence(
        tests=count_tests(tests) if tests else None,
        coverage=_coverage(work),
        smoke=_reached(work, smoke),
        smoke_why="" if smoke else wanted.why if wanted else "",
        differences=Counter("explained" if one.explanation else one.severity for one in differences),
        schema=_schema(work.ledger.kept(hop.number, "schema", SchemaProof)),
        changed=total,
        changed_ran=did,
        unexercised=missed,
        unread="" if ran.files or not changed else ran.reason or "no lines were measured",
        templates=_unrendered(work, hop, smoke),
    )


def _coverage(work: Work) -> float | None:
    """The per cent of statements that tests and smoke tests ran at the baseline."""
    smoke = work.ledger.kept(0, "smoke", Smoke)
    both = joined(work.ledger.kept(0, "lines", Coverage), smoke.lines if smoke else None)
    return both.percent if both.files else None


def _reached(work: Work, smoke: Smoke | None) -> Reached | None:
    """What a run reached; the routes are those of the baseline, whose plan it follows."""
    if smoke is None or not smoke.ran:
        return None
    baseline = work.ledger.kept(0, "smoke", Smoke)
    plain = [one for one in smoke.observations if one.kind != "meta"]
    routes = [one for one in (baseline or smoke).observations if one.kind == "meta"]
    return count_reached(Smoke(ran=True, observations=(*plain, *routes), lines=smoke.lines, unstable=smoke.unstable))


def _schema(proof: SchemaProof | None) -> str:
    if proof is None:
        return ""
    if proof.reason:
        return f"it could not be proven: {proof.reason}"
    if proof.equal:
        return "equal"
    return "; ".join(one.message for one in (*proof.lost, *proof.apart))


def _unrendered(work: Work, hop: Hop, smoke: Smoke | None) -> tuple[str, ...]:
    """The templates a hop changed that no request of the smoke tests rendered; none where those were not run."""
    if smoke is None or not smoke.ran:
        return ()
    rendered = {name for one in smoke.observations for name in one.facts.get("templates", ())}
    changed = [path for path in changed_lines(work, hop) if "templates/" in path or "jinja2/" in path]
    return tuple(path for path in changed if not any(path.endswith(f"/{name}") for name in rendered))
