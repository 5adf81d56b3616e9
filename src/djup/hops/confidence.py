"""Gathers the evidence of a hop into one statement of what is proven and what is not."""

from __future__ import annotations

from collections import Counter

from djup.hops.changed_lines import changed_lines
from djup.hops.context import RunContext
from djup.hops.evidence import DIFFERENCES, LINES, SCHEMA, SMOKE, SMOKE_DECISION, TESTS
from djup.model import Hop
from djup.verify.confidence import Confidence, unexercised
from djup.verify.counts import count_tests
from djup.verify.lines import joined
from djup.verify.proof import SchemaProof
from djup.verify.smoke.records import Reached, Smoke, count_reached


def confidence_of(context: RunContext, hop: Hop) -> Confidence:
    """What is known of a hop from what its steps measured."""
    tests = context.ledger.kept(hop.number, TESTS)
    smoke = context.ledger.kept(hop.number, SMOKE)
    decision = context.ledger.kept(0, SMOKE_DECISION)
    ran = joined(context.ledger.kept(hop.number, LINES), smoke.lines if smoke else None)
    changed = {path: lines for path, lines in changed_lines(context, hop).items() if path.endswith(".py")}
    texts = {path: (context.root / path).read_text(encoding="utf-8", errors="replace").splitlines() for path in changed}
    total, did, missed = unexercised(changed, ran, texts)
    differences = context.ledger.kept(hop.number, DIFFERENCES) or ()
    return Confidence(
        tests=count_tests(tests) if tests else None,
        coverage=_coverage(context),
        smoke=_reached(context, smoke),
        smoke_why="" if smoke else decision.why if decision else "",
        differences=Counter(
            "explained" if difference.explanation else difference.severity for difference in differences
        ),
        schema=_schema(context.ledger.kept(hop.number, SCHEMA)),
        changed=total,
        changed_ran=did,
        unexercised=missed,
        unread="" if ran.files or not changed else ran.reason or "no lines were measured",
        templates=_unrendered(context, hop, smoke),
    )


def _coverage(context: RunContext) -> float | None:
    """The per cent of statements that tests and smoke tests ran at the baseline."""
    smoke = context.ledger.kept(0, SMOKE)
    both = joined(context.ledger.kept(0, LINES), smoke.lines if smoke else None)
    return both.percent if both.files else None


def _reached(context: RunContext, smoke: Smoke | None) -> Reached | None:
    """What a run reached; the routes are those of the baseline, whose plan it follows."""
    if smoke is None or not smoke.ran:
        return None
    baseline = context.ledger.kept(0, SMOKE)
    plain = [seen for seen in smoke.observations if seen.kind != "meta"]
    routes = [seen for seen in (baseline or smoke).observations if seen.kind == "meta"]
    return count_reached(Smoke(ran=True, observations=(*plain, *routes), lines=smoke.lines, unstable=smoke.unstable))


def _schema(proof: SchemaProof | None) -> str:
    if proof is None:
        return ""
    if proof.reason:
        return f"it could not be proven: {proof.reason}"
    if proof.equal:
        return "equal"
    return "; ".join(difference.message for difference in (*proof.lost, *proof.apart))


def _unrendered(context: RunContext, hop: Hop, smoke: Smoke | None) -> tuple[str, ...]:
    """The templates a hop changed that no request of the smoke tests rendered; none where those were not run."""
    if smoke is None or not smoke.ran:
        return ()
    rendered = {name for seen in smoke.observations for name in seen.facts.get("templates", ())}
    changed = [path for path in changed_lines(context, hop) if "templates/" in path or "jinja2/" in path]
    return tuple(path for path in changed if not any(path.endswith(f"/{name}") for name in rendered))
