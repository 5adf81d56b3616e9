"""The report of a run as Markdown, fit for the text of a pull request."""

from __future__ import annotations

from collections.abc import Sequence

from djup.report.run import HopLine, Report, proven_in_words
from djup.verify.counts import Tests, Warned
from djup.verify.diagnosis import Cause

HEADLINES = {
    "green": "Upgraded to Django {reached} on Python {python}",
    "blocked": "Upgraded to Django {reached}; the next hop needs a person",
    "baseline-red": "Not started: the baseline is not green",
    "environment-failed": "Stopped at Django {reached}: an environment could not be built",
    "running": "Under way, at Django {reached}",
}

LEVELS = (("must", "A person must look at"), ("should", "A person should look at"), ("may", "Worth a look"))


def headline(report: Report) -> str:
    """One line that says how the run ended."""
    return HEADLINES[report.verdict].format(reached=report.reached.django, python=report.reached.python)


def report_markdown(report: Report) -> str:
    """Return the report as Markdown."""
    parts = [f"## {headline(report)}", _summary(report)]
    if report.reason:
        parts.append(f"> {report.reason}" + (f"\n>\n> {report.hint}" if report.hint else ""))
    parts.append(_causes(report))
    parts += [_hops(report), _changes(report), _packages(report), _kept(report), _proven(report)]
    parts += [*_findings(report), _tests(report), _notes(report)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _summary(report: Report) -> str:
    commits = sum(len(step.commits) for hop in report.hops for step in hop.steps)
    rows = [
        ("From", f"Django {report.start.django} on Python {report.start.python}"),
        ("Reached", f"Django {report.reached.django} on Python {report.reached.python}"),
        ("Target", f"Django {report.target.django} on Python {report.target.python}"),
        ("Branch", f"`{report.branch}`, {commits} commits"),
        ("Tests before", describe_tests(report.tests.baseline)),
        ("Tests after", describe_tests(report.tests.final)),
        ("Warnings before", describe_warnings(report.warnings.baseline)),
        ("Warnings after", describe_warnings(report.warnings.final)),
    ]
    return table(("", ""), rows)


def describe_tests(tests: Tests | None) -> str:
    """Counts of tests in words."""
    if tests is None:
        return "not reached"
    return f"{tests.passed} passed, {tests.failed} failed, {tests.skipped} skipped of {tests.total}"


def describe_warnings(warned: Warned | None) -> str:
    """Counts of warnings in words."""
    if warned is None:
        return "not reached"
    return f"{warned.total}, of which {warned.own} in own code ({warned.own_removals} about removals in Django)"


def _hops(report: Report) -> str:
    rows = [_hop_row(hop) for hop in report.hops]
    return "### Hops\n\n" + table(("", "From", "To", "Commits", "Minutes", "Result"), rows) if rows else ""


def _hop_row(hop: HopLine) -> tuple[str, ...]:
    return (
        str(hop.number) if hop.number else "baseline",
        f"Django {hop.start.django}, Python {hop.start.python}",
        f"Django {hop.end.django}, Python {hop.end.python}",
        str(sum(len(step.commits) for step in hop.steps)),
        f"{hop.seconds / 60:.1f}",
        "green" if hop.green else f"stopped: {hop.reason}",
    )


def _changes(report: Report) -> str:
    rows = [(f"`{change}`", str(edits)) for change, edits in sorted(report.changes.items())]
    return "### Changes made in the code\n\n" + table(("Change", "Edits"), rows) if rows else ""


def _packages(report: Report) -> str:
    rows = [(f"`{move.name}`", move.start or "–", move.end or "removed", move.why) for move in report.packages]
    return "### Packages moved\n\n" + table(("Package", "From", "To", "Why"), rows) if rows else ""


def _kept(report: Report) -> str:
    rows = [(f"`{one.name}`", one.version, one.newest, one.why) for one in report.kept]
    return "### Packages left where they are\n\n" + table(("Package", "Version", "Newest", "Why"), rows) if rows else ""


def _proven(report: Report) -> str:
    lines = [f"- {where}: {words}" for where, words in proven_in_words(report.hops)]
    return "### What is proven\n\n" + "\n".join(lines) if lines else ""


def _findings(report: Report) -> list[str]:
    sections = []
    for severity, title in LEVELS:
        found = [finding for finding in report.findings if finding.severity == severity]
        lines = [
            f"- {f'`{finding.place}` ' if finding.place else ''}{finding.summary} (`{finding.change}`)"
            + (f" {finding.hint}" if finding.hint else "")
            for finding in found
        ]
        if lines:
            sections.append(f"### {title}\n\n" + "\n".join(lines))
    return sections


def _causes(report: Report) -> str:
    """What explains the failures of the hop that stopped, the most telling first, and the repairs that were tried."""
    rows = [(str(len(one.failures)), cause_in_words(one), one.message, "; ".join(one.ways)) for one in report.causes]
    tried = [(str(one.hop), one.what, one.why, "kept" if one.kept else "taken back") for one in report.repairs]
    parts = ["### Causes\n\n" + table(("Failures", "Cause", "Such as", "Ways out"), rows)] if rows else []
    parts += ["### Repairs tried\n\n" + table(("Hop", "Repair", "Why", ""), tried)] if tried else []
    return "\n\n".join(parts)


def cause_in_words(cause: Cause) -> str:
    """What a cause is: the change with its id, the package, the own line, or what is said."""
    if cause.kind == "change":
        return f"{cause.summary} ({cause.subject})"
    where = f", at {cause.place}" if cause.place else ""
    return f"{cause.subject if cause.kind == 'package' else cause.summary}{where}"


def _tests(report: Report) -> str:
    """The tests to know by name, and each edit of test code with its rule."""
    rows = [(f"`{one.id}`", one.what, one.detail) for one in report.named_tests]
    edits = [
        (f"`{one.path}`", f"`{one.change}`" if one.change else "by hand", one.subject) for one in report.test_edits
    ]
    parts = ["### Tests to know\n\n" + table(("Test", "Is", "Why"), rows)] if rows else []
    parts += ["### Edits of test code\n\n" + table(("File", "Rule", "Commit"), edits)] if edits else []
    return "\n\n".join(parts)


def _notes(report: Report) -> str:
    return "### Notes\n\n" + "\n".join(f"- {note}" for note in report.notes) if report.notes else ""


def table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """Return a Markdown table; bars and line breaks inside cells are kept from breaking it."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in line) + " |" for line in lines
    )
