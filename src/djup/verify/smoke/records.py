"""What a smoke run gives: observations of a site, the plan they follow, the lines they reached, and differences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from djup.model import Record, Severity
from djup.verify.lines import Coverage

Facts = Mapping[str, Any]
"""What a probe saw, as it came from JSON: each kind of observation has keys of its own."""


class Observation(Record):
    """What one exercise of the site did.

    ``kind`` is request, route, model, form, command, template, signals, middleware or meta; ``subject`` names it within
    its kind.
    """

    kind: str
    subject: str
    facts: Facts


class Smoke(Record):
    """A smoke run.

    ``plan`` are the requests it made; ``unstable`` are facts ("GET / as user|lines") that two runs of the same code
    gave differently, which are not compared. ``fallback`` says why SQLite stood in for the database. ``log`` is an
    absolute path, ``fixture`` the rows the requests meet, as Django's JSON.
    """

    ran: bool
    plan: tuple[Facts, ...] = ()
    observations: tuple[Observation, ...] = ()
    lines: Coverage = Coverage()
    unstable: tuple[str, ...] = ()
    database: str = ""
    fallback: str = ""
    reason: str = ""
    seconds: float = 0.0
    log: str = ""
    fixture: str = ""


class Difference(Record):
    """Something that a site does otherwise than at the baseline.

    ``aspect`` is what differs (status, page, json, mails …), ``subjects`` where; ``explanation`` is the note of the
    Django release that says so, ``""`` where none is known, and ``change`` the id of that explanation.
    """

    aspect: str
    subjects: tuple[str, ...]
    message: str
    severity: Severity
    explanation: str = ""
    change: str = ""
    trace: str = ""

    @property
    def blocks(self) -> bool:
        """Whether a hop with this difference is not green."""
        return self.severity == "must" and not self.explanation


class Reached(Record):
    """How much of a site a smoke run reached: counts of all and of those that answered."""

    routes: int = 0
    routes_reached: int = 0
    requests: int = 0
    templates: int = 0
    templates_compiled: int = 0
    models: int = 0
    models_saved: int = 0
    forms: int = 0
    commands: int = 0
    statements: int = 0
    statements_ran: int = 0
    unstable: int = 0

    @property
    def percent(self) -> float:
        """The share of the project's own statements that ran, 0 to 100; 0 where none were measured."""
        return 100 * self.statements_ran / self.statements if self.statements else 0.0


def count_reached(smoke: Smoke) -> Reached:
    """Count what a run reached; the routes are those of the run that made the plan."""
    by_kind: dict[str, list[Observation]] = {}
    for observation in smoke.observations:
        by_kind.setdefault(observation.kind, []).append(observation)
    routes = next((observation.facts for observation in by_kind.get("meta", []) if observation.subject == "routes"), {})
    return Reached(
        routes=int(routes.get("all", 0)),
        routes_reached=int(routes.get("reached", 0)),
        requests=len(by_kind.get("request", [])),
        templates=len(by_kind.get("template", [])),
        templates_compiled=sum(bool(template.facts.get("compiles")) for template in by_kind.get("template", [])),
        models=len(by_kind.get("model", [])),
        models_saved=sum(bool(seen.facts.get("saved")) for seen in by_kind.get("model", [])),
        forms=len(by_kind.get("form", [])),
        commands=len(by_kind.get("command", [])),
        statements=smoke.lines.statements,
        statements_ran=smoke.lines.ran,
        unstable=len(smoke.unstable),
    )
