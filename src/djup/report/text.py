"""The report of a run as text for a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from djup.report.markdown import LEVELS, cause_in_words, describe_tests, describe_warnings, headline
from djup.report.run import Report, proven_in_words

COLOURS = {
    "green": "bold green",
    "blocked": "bold yellow",
    "baseline-red": "bold red",
    "environment-failed": "bold red",
}

FINDINGS_SHOWN = 12


def print_report(console: Console, report: Report, *, timings: bool = False) -> None:
    """Print the report: how it ended, what changed, and what a person is asked to look at."""
    console.print(Text(f"{report.project}: {headline(report)}", style=COLOURS.get(report.verdict, "bold")))
    if report.reason:
        console.print(Text(report.reason))
    if report.hint:
        console.print(Text(report.hint, style="bold"))
    console.print(_facts(report))
    if report.changes:
        console.print(_changes(report))
    if report.packages:
        console.print(_packages(report))
    if report.kept:
        console.print(_kept(report))
    _print_proven(console, report)
    _print_causes(console, report)
    _print_findings(console, report)
    for test in report.named_tests:
        console.print(Text(f"{test.what}: {test.id} {test.detail}", style="dim"), soft_wrap=True)
    for edit in report.test_edits:
        rule = edit.change or "by hand"
        console.print(Text(f"test code edited: {edit.path} [{rule}] {edit.subject}", style="dim"), soft_wrap=True)
    for note in report.notes:
        console.print(Text(f"note: {note}", style="dim"))
    if timings:
        console.print(_timings(report))


def _grid(*styles: str) -> Table:
    table = Table.grid(padding=(0, 2))
    for style in styles:
        table.add_column(style=style)
    return table


def _facts(report: Report) -> Table:
    hops = [hop for hop in report.hops if hop.number]
    commits = sum(len(step.commits) for hop in report.hops for step in hop.steps)
    table = _grid("dim", "")
    table.add_row("from", f"Django {report.start.django} on Python {report.start.python}")
    table.add_row("reached", f"Django {report.reached.django} on Python {report.reached.python}")
    table.add_row(
        "hops", f"{sum(hop.green for hop in hops)} of {report.hops_planned} green, {commits} commits on {report.branch}"
    )
    table.add_row("tests before", describe_tests(report.tests.baseline))
    table.add_row("tests after", describe_tests(report.tests.final))
    table.add_row("warnings before", describe_warnings(report.warnings.baseline))
    table.add_row("warnings after", describe_warnings(report.warnings.final))
    table.add_row("time", f"{report.seconds / 60:.1f} min, djup's own share {report.seconds_overhead:.0f} s")
    table.add_row("worktree", report.worktree)
    table.add_row("logs", report.logs)
    return table


def _changes(report: Report) -> Table:
    table = Table("change", "edits", title="Changes made in the code", title_justify="left", box=None, pad_edge=False)
    for change, edits in sorted(report.changes.items()):
        table.add_row(change, str(edits))
    return table


def _packages(report: Report) -> Table:
    table = Table(
        "package", "from", "to", "why", title="Packages moved", title_justify="left", box=None, pad_edge=False
    )
    for move in report.packages:
        table.add_row(move.name, move.start or "–", move.end or "removed", move.why)
    return table


def _kept(report: Report) -> Table:
    title = "Packages left where they are"
    table = Table("package", "version", "newest", "why", title=title, title_justify="left", box=None, pad_edge=False)
    for one in report.kept:
        table.add_row(one.name, one.version, one.newest, Text(one.why))
    return table


def _print_proven(console: Console, report: Report) -> None:
    """What is proven of each hop, in words."""
    proven = proven_in_words(report.hops)
    if proven:
        console.print(Text("What is proven", style="italic"))
    for where, words in proven:
        console.print(Text(f"  {where}: {words}"), soft_wrap=True)


def _print_causes(console: Console, report: Report) -> None:
    """What explains the failures, the most telling first."""
    if report.causes:
        console.print(Text("Causes", style="italic"))
    for cause in report.causes:
        many = f"{len(cause.failures)} failure{'' if len(cause.failures) == 1 else 's'}"
        console.print(Text(f"  {many}: {cause_in_words(cause)}"), soft_wrap=True)
        for line in (f"{cause.why}: {cause.message}", *cause.ways):
            console.print(Text(f"    {line}", style="dim"), soft_wrap=True)
    for tried in report.repairs:
        result = "kept" if tried.kept else "taken back"
        console.print(
            Text(f"tried in hop {tried.hop}: {tried.what} ({result}): {tried.why}", style="dim"), soft_wrap=True
        )


def _print_findings(console: Console, report: Report) -> None:
    for severity, title in LEVELS:
        found = [finding for finding in report.findings if finding.severity == severity]
        if not found:
            continue
        console.print(Text(f"{title} ({len(found)})", style="italic"))
        for finding in found[:FINDINGS_SHOWN]:
            where = f"{finding.place} " if finding.place else ""
            console.print(Text(f"  {where}{finding.summary} [{finding.change}]"), soft_wrap=True)
        if len(found) > FINDINGS_SHOWN:
            console.print(Text(f"  … and {len(found) - FINDINGS_SHOWN} more: djup report --format json", style="dim"))


def _timings(report: Report) -> Table:
    table = Table(
        "hop", "step", "seconds", "of it waited", "own", title="Timings", title_justify="left", box=None, pad_edge=False
    )
    for hop in report.hops:
        for step in hop.steps:
            own = step.seconds - step.waited
            table.add_row(str(hop.number), step.step, f"{step.seconds:.1f}", f"{step.waited:.1f}", f"{own:.1f}")
        table.add_row(
            str(hop.number),
            "all",
            f"{hop.seconds:.1f}",
            f"{hop.seconds - hop.overhead:.1f}",
            f"{hop.overhead:.1f}",
            style="bold",
        )
    return table
