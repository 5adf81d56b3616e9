"""The page of ``djup tests``: what a project's own tests reach, and what they never do."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from djup.report import document as doc
from djup.report.words import count
from djup.verify.counts import Tests
from djup.verify.reach import AppReach, TestsPage, Unreached
from djup.verify.smoke.records import Reached

SHOWN = 40
"""Parts that text shows; the other forms show all."""


def document(page: TestsPage) -> doc.Document:
    """The counts, the apps, what is never reached, and how to keep the smoke tests."""
    right = [doc.Column(title=name, align="right") for name in ("statements", "tests", "smoke tests", "both")]
    return doc.document(
        f"{page.project}: Django {page.django} on Python {page.python}",
        doc.facts(_facts(page)),
        doc.section("Statements that run, by app", doc.table(("app", *right), map(_app, page.apps))),
        doc.section(
            f"Never reached by the project's own tests ({len(page.unreached)})",
            doc.bullets(map(_unreached, page.unreached), shown=SHOWN, rest="djup tests --format json"),
        ),
        doc.notes(page.notes),
        _next(page),
    )


def _facts(page: TestsPage) -> Iterator[tuple[str, str]]:
    yield "tests", describe_tests(page.tests)
    yield "tests reach", _percent(page.tests_percent)
    yield "smoke tests", describe_smoke(page.smoke)
    yield "smoke tests reach", _percent(page.smoke.percent if page.smoke and page.smoke.statements else None)
    yield "both reach", _percent(page.both_percent)
    yield "written", ", ".join(page.written)


def describe_tests(tests: Tests | None) -> str:
    """Counts of tests in words."""
    if tests is None:
        return "not reached"
    if not tests.total:
        return "none"
    return f"{tests.passed} passed, {tests.failed} failed, {tests.skipped} skipped of {tests.total}"


def describe_smoke(reached: Reached | None) -> str:
    """What a smoke run reached, in words."""
    if reached is None:
        return "not run"
    return (
        f"{reached.routes_reached} of {reached.routes} routes in {count(reached.requests, 'request')},"
        f" {reached.templates_compiled} of {reached.templates} templates compile,"
        f" {reached.models_saved} of {reached.models} models saved"
    )


def _percent(value: float | None) -> str:
    return "not measured" if value is None else f"{value:.0f} % of statements"


def _app(app: AppReach) -> tuple[str, ...]:
    shares = (
        f"{100 * ran / app.statements:.0f} %" if app.statements else "–" for ran in (app.tests, app.smoke, app.both)
    )
    return (app.app, str(app.statements), *shares)


def _unreached(part: Unreached) -> doc.Line:
    smoke = "the smoke tests reach it" if part.smoke else doc.Span(text="nor do the smoke tests", style="attention")
    return doc.line(f"{part.what} {part.name} (", doc.code(part.place), "): ", smoke)


def _next(page: TestsPage) -> doc.Paragraph | None:
    if page.written:
        return doc.next_step(f"git add {shlex.join(page.written)}")
    if page.smoke is None:
        return None
    return doc.next_step("djup tests --write tests/test_smoke.py", "keeps the smoke tests")
