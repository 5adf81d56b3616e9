"""What a project's tests reach, as text and as Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from djup.report.markdown import describe_tests, table
from djup.verify.reach import AppReach, TestsPage, Unreached
from djup.verify.smoke.records import Reached

SHOWN = 40
"""Parts that text shows; the other formats show all."""


def print_tests(console: Console, page: TestsPage) -> None:
    """Print what the tests reach."""
    console.print(Text(f"{page.project}: Django {page.django} on Python {page.python}", style="bold"))
    facts = Table.grid(padding=(0, 2))
    facts.add_column(style="dim")
    for name, value in _facts(page):
        facts.add_row(name, value)
    console.print(facts)
    if page.apps:
        apps = Table("app", "statements", "tests", "smoke tests", "both", box=None, pad_edge=False)
        for row in _rows(page.apps):
            apps.add_row(*row)
        console.print(apps)
    if page.unreached:
        console.print(Text(f"Never reached by the project's own tests ({len(page.unreached)})", style="italic"))
    for one in page.unreached[:SHOWN]:
        console.print(Text(f"  {_line(one)}"), soft_wrap=True)
    if len(page.unreached) > SHOWN:
        console.print(Text(f"  … and {len(page.unreached) - SHOWN} more: djup tests --format json", style="dim"))
    for note in page.notes:
        console.print(Text(f"note: {note}", style="dim"))


def tests_markdown(page: TestsPage) -> str:
    """The page as Markdown."""
    parts = [f"## {page.project}: Django {page.django} on Python {page.python}", table(("", ""), _facts(page))]
    if page.apps:
        parts.append(table(("App", "Statements", "Tests", "Smoke tests", "Both"), _rows(page.apps)))
    if page.unreached:
        lines = "\n".join(f"- {_line(one)}" for one in page.unreached)
        parts.append(f"### Never reached by the project's own tests\n\n{lines}")
    if page.notes:
        parts.append("### Notes\n\n" + "\n".join(f"- {note}" for note in page.notes))
    return "\n\n".join(parts) + "\n"


def _facts(page: TestsPage) -> list[tuple[str, str]]:
    rows = [
        ("tests", describe_tests(page.tests)),
        ("tests reach", _percent(page.tests_percent)),
        ("smoke tests", describe_smoke(page.smoke)),
        ("smoke tests reach", _percent(page.smoke.percent if page.smoke and page.smoke.statements else None)),
        ("both reach", _percent(page.both_percent)),
    ]
    return [*rows, *([("written", ", ".join(page.written))] if page.written else [])]


def describe_smoke(reached: Reached | None) -> str:
    """What a smoke run reached, in words."""
    if reached is None:
        return "not run"
    return (
        f"{reached.routes_reached} of {reached.routes} routes in {reached.requests} requests,"
        f" {reached.templates_compiled} of {reached.templates} templates compile,"
        f" {reached.models_saved} of {reached.models} models saved"
    )


def _percent(value: float | None) -> str:
    return "not measured" if value is None else f"{value:.0f} % of statements"


def _rows(apps: Sequence[AppReach]) -> list[tuple[str, ...]]:
    return [
        (one.app, str(one.statements), *(_share(ran, one.statements) for ran in (one.tests, one.smoke, one.both)))
        for one in apps
    ]


def _share(ran: int, statements: int) -> str:
    return f"{100 * ran / statements:.0f} %" if statements else "–"


def _line(one: Unreached) -> str:
    smoke = "the smoke tests reach it" if one.smoke else "nor by the smoke tests"
    return f"{one.what} {one.name} ({one.place}): {smoke}"
