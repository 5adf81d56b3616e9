"""Gates: on which standing a check fails, and what it then tells."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from djup.errors import UsageError
from djup.lifecycle.days import last_day
from djup.lifecycle.judgement import Checkup, Judged, Subject
from djup.model import Finding, Place, Record, Severity

WITHIN = re.compile(r"^within:(?P<days>\d{1,4})d$")


class Condition(Record):
    """What a gate fails on: ``eol``, ``security``, ``unsupported``, ``unknown``, or ``within`` so many days."""

    kind: str
    days: int = 0

    def __str__(self) -> str:
        return f"within:{self.days}d" if self.kind == "within" else self.kind


RULES = {
    "lifecycle/eol": "Something in use is out of support",
    "lifecycle/security": "Something in use lacks a security fix that a later patch of its release has",
    "lifecycle/unsupported": "Django does not support a combination in use",
    "lifecycle/ends-soon": "Something in use loses security support soon",
    "lifecycle/unknown": "djup cannot tell whether something in use is supported",
}
"""What each kind of finding means, whatever it is about."""

DEFAULT = (Condition(kind="eol"), Condition(kind="security"), Condition(kind="unsupported"))


def parse_conditions(texts: Iterable[str]) -> tuple[Condition, ...]:
    """Read what ``--fail-on`` was given; raises UsageError for a word it does not know."""
    found = []
    for text in (part.strip() for whole in texts for part in whole.split(",")):
        match = WITHIN.match(text)
        if match:
            found.append(Condition(kind="within", days=int(match["days"])))
        elif text in {"eol", "security", "unsupported", "unknown"}:
            found.append(Condition(kind=text))
        else:
            raise UsageError(
                f"'{text}' is nothing to fail on.", hint="Use eol, security, unsupported, unknown or within:90d."
            )
    return tuple(found)


def findings(checkup: Checkup, conditions: Iterable[Condition]) -> tuple[Finding, ...]:
    """What meets the conditions of a gate, as findings; a gate fails when there are any."""
    found = []
    for judged in checkup.judged:
        for condition in conditions:
            told = _met(judged, condition, checkup.day)
            if told and told not in found:
                found.append(told)
    return tuple(found)


def _met(judged: Judged, condition: Condition, day: dt.date) -> Finding | None:
    subject = judged.subject
    what = f"{subject.title} {subject.version or subject.allowed}".strip()
    if condition.kind == "eol" and judged.phase == "eol":
        return _finding(judged, "eol", f"{what} is out of support{_since(judged)}", "must")
    if condition.kind == "security" and judged.missed:
        names = ", ".join(issue.name for issue in judged.missed)
        fix = judged.latest or "the newest patch"
        return _finding(judged, "security", f"{what} has known security issues: {names}", "must", f"Go to {fix}.")
    if condition.kind == "unsupported" and judged.conflicts:
        return _finding(judged, "unsupported", "; ".join(judged.conflicts), "must")
    if condition.kind == "within" and _ends_within(judged, day, condition.days):
        return _finding(judged, "ends-soon", f"{what} loses security support on {judged.support_ends}", "should")
    if judged.phase == "unknown" and _asks(condition, subject):
        return _finding(judged, "unknown", f"djup cannot tell whether {what} is supported: {judged.note}", "should")
    return None


def _asks(condition: Condition, subject: Subject) -> bool:
    """Whether a gate cannot pass while nobody knows a thing: unknown is never well where it matters most."""
    if condition.kind in {"eol", "within"}:
        return subject.kind == "runtime"
    return condition.kind == "unknown" or (condition.kind == "security" and subject.product == "django")


def _ends_within(judged: Judged, day: dt.date, days: int) -> bool:
    if judged.phase == "eol":
        return True
    return bool(judged.support_ends) and last_day(judged.support_ends) <= day + dt.timedelta(days=days)


def _since(judged: Judged) -> str:
    return f" since {judged.until}" if judged.until else ""


def _finding(judged: Judged, rule: str, summary: str, severity: Severity, hint: str = "") -> Finding:
    place = judged.subject.place
    # Other tools count lines from 1 and have no sign for a file as a whole.
    shown = Place(path=place.path, line=max(1, place.line), column=max(1, place.column)) if place else None
    return Finding(
        change=f"lifecycle/{rule}",
        summary=summary,
        severity=severity,
        place=shown,
        source="plan",
        confidence="certain" if judged.subject.certain else "likely",
        hint=hint,
    )
