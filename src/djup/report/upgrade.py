"""The page of ``djup upgrade`` and ``djup report``: what a run did, what is proven, and what is left to do."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from djup.model import Commit, Finding, PackageKept, PackageMove, Record, Severity
from djup.report import document as doc
from djup.report.tests import describe_tests
from djup.report.words import count, spans
from djup.verify.assertions import TestEdit
from djup.verify.confidence import Confidence
from djup.verify.counts import Tests, Warned
from djup.verify.diagnosis import Cause
from djup.verify.outcomes import Named

SCHEMA_VERSION = 1


class At(Record):
    """A point on the way, as text."""

    django: str
    python: str


class BeforeAfter(Record):
    """The tests at the baseline and at the last green stop; None for what was not reached."""

    baseline: Tests | None
    final: Tests | None


class WarnedBeforeAfter(Record):
    """The warnings at the baseline and at the last green stop."""

    baseline: Warned | None
    final: Warned | None


class StepLine(Record):
    """A step of a hop, in wall seconds, of which ``waited`` went to the project's own tests, checks and sweeps."""

    step: str
    status: str
    seconds: float
    waited: float
    message: str
    commits: tuple[Commit, ...]


class HopLine(Record, rename={"start": "from", "end": "to"}):
    """A hop and what it took; ``proven`` is its confidence in words."""

    number: int
    kind: str
    start: At
    end: At
    why: str
    green: bool
    seconds: float
    overhead: float
    steps: tuple[StepLine, ...]
    commits: tuple[Commit, ...]
    packages: tuple[PackageMove, ...]
    reason: str
    confidence: Confidence | None = None
    proven: tuple[str, ...] = ()


class TriedRepair(Record):
    """A repair that a hop tried, and whether it was kept."""

    hop: int
    what: str
    why: str
    kept: bool


class UpgradePage(Record, rename={"start": "from"}):
    """Everything a reader of a run may ask for."""

    verdict: Literal["green", "blocked", "baseline-red", "environment-failed", "running"]
    project: str
    start: At
    target: At
    reached: At
    hops: tuple[HopLine, ...]
    hops_planned: int
    tests: BeforeAfter
    warnings: WarnedBeforeAfter
    changes: Mapping[str, int]
    packages: tuple[PackageMove, ...]
    kept: tuple[PackageKept, ...]
    findings: tuple[Finding, ...]
    branch: str
    base: str
    head: str
    worktree: str
    logs: str
    seconds: float
    seconds_overhead: float
    reason: str
    hint: str
    notes: tuple[str, ...]
    named_tests: tuple[Named, ...] = ()
    test_edits: tuple[TestEdit, ...] = ()
    causes: tuple[Cause, ...] = ()
    repairs: tuple[TriedRepair, ...] = ()
    schema_version: int = SCHEMA_VERSION


HEADLINES: Mapping[str, tuple[str, doc.Style]] = {
    "green": ("upgraded to Django {reached} on Python {python}", "good"),
    "blocked": ("upgraded to Django {reached}; the next hop needs a person", "attention"),
    "baseline-red": ("not started: the baseline is not green", "bad"),
    "environment-failed": ("stopped at Django {reached}: an environment could not be built", "bad"),
    "running": ("under way, at Django {reached}", "info"),
}

LEVELS: tuple[tuple[Severity, str], ...] = (
    ("must", "A person must look at"),
    ("should", "A person should look at"),
    ("may", "Worth a look"),
)

SHOWN = 12
"""Findings of a level that text shows; the other forms show all."""

ALL = "djup report --format json"


def document(report: UpgradePage, *, timings: bool = False) -> doc.Document:
    """How it ended, what a person has to do, what was done, what is proven, and the next commands."""
    words, style = HEADLINES[report.verdict]
    reached = words.format(reached=report.reached.django, python=report.reached.python)
    return doc.document(
        doc.line(f"{report.project}: ", doc.Span(text=reached, style=style)),
        doc.paragraph(doc.marked(report.reason[:1].upper() + report.reason[1:])),
        doc.facts(_facts(report)),
        doc.section("Causes", doc.bullets(map(_cause, report.causes))),
        doc.section("Repairs tried", doc.bullets(map(_repair, report.repairs))),
        *(_findings(report, severity, title) for severity, title in LEVELS),
        doc.section("Hops", _hops(report)),
        doc.section("Changes made in the code", _changes(report.changes)),
        doc.section("Packages moved", _moves(report.packages)),
        doc.section("Packages left where they are", _kept(report.kept)),
        doc.section("What is proven", doc.bullets(f"{where}: {said}" for where, said in proven_in_words(report.hops))),
        doc.section("Tests to know", doc.bullets(map(_named, report.named_tests))),
        doc.section("Test code that was edited", doc.bullets(_edits(report.test_edits))),
        doc.notes(report.notes),
        doc.section("Timings", _timings(report.hops)) if timings else None,
        doc.section("What to do next", doc.bullets(_steps(report), numbered=True)),
    )


def _facts(report: UpgradePage) -> Iterator[tuple[str, doc.Text]]:
    commits = sum(len(step.commits) for hop in report.hops for step in hop.steps)
    green = sum(hop.green for hop in report.hops if hop.number)
    yield "from", _stop(report.start)
    yield "reached", _stop(report.reached) if report.reached != report.start else ""
    yield "target", _stop(report.target) if report.target != report.reached else ""
    yield "hops", f"{green} of {report.hops_planned} green"
    yield "branch", doc.line(doc.code(report.branch), f", {count(commits, 'commit')}")
    yield "tests before", describe_tests(report.tests.baseline)
    yield "tests after", describe_tests(report.tests.final) if report.tests.final else ""
    yield "warnings before", describe_warnings(report.warnings.baseline)
    yield "warnings after", describe_warnings(report.warnings.final) if report.warnings.final else ""
    yield "time", f"{report.seconds / 60:.1f} min, of which djup itself {report.seconds_overhead:.0f} s"
    yield "worktree", doc.line(doc.code(report.worktree)) if report.worktree else ""
    yield "logs", doc.code(report.logs)


def _stop(stop: At) -> str:
    return f"Django {stop.django} on Python {stop.python}"


def describe_warnings(warned: Warned | None) -> str:
    """Counts of warnings in words."""
    if warned is None:
        return "not reached"
    own = f", {warned.own} of them in own code" if warned.total else ""
    removals = f" ({warned.own_removals} about removals in Django)" if warned.own_removals else ""
    return f"{warned.total}{own}{removals}"


def _cause(cause: Cause) -> doc.Item:
    details = [f"{cause.why}: {cause.message}", *(f"way out: {way}" for way in cause.ways)]
    return doc.item(f"{count(len(cause.failures), 'failure')}: {cause_in_words(cause)}", details=details)


def cause_in_words(cause: Cause) -> str:
    """What a cause is: the change with its id, the package, the own line, or what is said."""
    if cause.kind == "change":
        return f"{cause.summary} ({cause.subject})"
    where = f", at {cause.place}" if cause.place else ""
    return f"{cause.subject if cause.kind == 'package' else cause.summary}{where}"


def _repair(tried: TriedRepair) -> str:
    return f"{tried.what} ({'kept' if tried.kept else 'taken back'}, hop {tried.hop}): {tried.why}"


def _findings(report: UpgradePage, severity: Severity, title: str) -> doc.Section | None:
    found = [finding for finding in report.findings if finding.severity == severity]
    return doc.section(
        doc.Span(text=f"{title} ({len(found)})", style=doc.SEVERITY_STYLES[severity]),
        doc.bullets(map(_same, grouped(found)), shown=SHOWN, rest=ALL),
    )


def grouped(findings: Iterable[Finding]) -> list[list[Finding]]:
    """The findings that say the same, each group at its first place."""
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.change, finding.summary, finding.hint), []).append(finding)
    return list(groups.values())


def _same(findings: Sequence[Finding]) -> doc.Item:
    """One entry for all places of one thing."""
    first = findings[0]
    change = doc.linked(first.change, first.link, "code")
    if len(findings) == 1:
        where = doc.line(doc.code(first.place), " ") if first.place else ()
        return doc.item(where, first.summary, " (", change, ")", details=[doc.marked(first.hint)])
    places = ", ".join(str(finding.place) for finding in findings if finding.place)
    return doc.item(first.summary, " (", change, f"), {len(findings)} times", details=[doc.marked(first.hint), places])


def _hops(report: UpgradePage) -> doc.Table | None:
    number, commits, minutes = (doc.Column(title=name, align="right") for name in ("hop", "commits", "min"))
    columns = (number, "Django", "Python", commits, minutes, doc.Column(title="result", prose=True))
    return doc.table(columns, (_hop(hop, report.reason) for hop in report.hops))


def _hop(hop: HopLine, said: str) -> tuple[doc.Text, ...]:
    """A row; what stopped the hop is told unless the page has ``said`` it at its top."""
    result = doc.Span(text="green", style="good") if hop.green else doc.Span(text="stopped", style="bad")
    what = "" if hop.number else doc.faint(", as it was")
    return (
        str(hop.number),
        hop.end.django,
        hop.end.python,
        str(sum(len(step.commits) for step in hop.steps)),
        f"{hop.seconds / 60:.1f}",
        doc.line(result, what, f": {hop.reason}" if hop.reason and hop.reason not in said else ""),
    )


def _changes(changes: Mapping[str, int]) -> doc.Table | None:
    rows = ((doc.code(change), str(edits)) for change, edits in sorted(changes.items()))
    return doc.table(("change", doc.Column(title="edits", align="right")), rows)


def _moves(moves: Iterable[PackageMove]) -> doc.Table | None:
    rows = ((doc.code(move.name), move.start or "–", move.end or "removed", move.why) for move in moves)
    return doc.table(("package", "from", "to", doc.Column(title="why", prose=True)), rows)


def _kept(packages: Iterable[PackageKept]) -> doc.Table | None:
    rows = ((doc.code(package.name), package.version, package.newest, package.why) for package in packages)
    return doc.table(("package", "version", "newest", doc.Column(title="why", prose=True)), rows)


def proven_in_words(hops: Sequence[HopLine]) -> list[tuple[str, str]]:
    """What is proven, as (of which hops, in which words): each sentence once, with all hops it holds for."""
    proven = [hop for hop in hops if hop.proven]
    holds: dict[str, tuple[int, ...]] = {}
    for hop in proven:
        for sentence in hop.proven:
            holds[sentence] = (*holds.get(sentence, ()), hop.number)
    together: dict[tuple[int, ...], list[str]] = {}
    for sentence, numbers in holds.items():
        together.setdefault(numbers, []).append(sentence)
    ordered = sorted(together.items(), key=lambda pair: (-len(pair[0]), pair[0]))
    return [(_which(numbers, proven), " ".join(sentences)) for numbers, sentences in ordered]


def _which(numbers: Sequence[int], proven: Sequence[HopLine]) -> str:
    if len(numbers) == len(proven) > 1:
        return f"All {len(proven)} hops"
    if len(numbers) > 1:
        return f"Hops {spans(numbers)}"
    hop = next(hop for hop in proven if hop.number == numbers[0])
    return f"Hop {hop.number}, to Django {hop.end.django} on Python {hop.end.python}"


def _named(test: Named) -> doc.Line:
    return doc.line(doc.code(test.id), f" is {test.what}: {test.detail}" if test.detail else f" is {test.what}")


def _edits(edits: Iterable[TestEdit]) -> Iterator[doc.Line]:
    """A line for each rule or commit, with the files it touched."""
    files: dict[tuple[str, str], list[str]] = {}
    for edit in edits:
        files.setdefault((edit.change, edit.subject), []).append(edit.path)
    for (change, subject), paths in files.items():
        rule = doc.code(change) if change else "by hand"
        yield doc.line(subject, " (", rule, f"): {', '.join(dict.fromkeys(paths))}")


def _timings(hops: Sequence[HopLine]) -> doc.Table | None:
    seconds, waited, own = (doc.Column(title=name, align="right") for name in ("seconds", "waited", "djup"))
    rows: list[tuple[doc.Text, ...]] = []
    for hop in hops:
        rows += [_timing(str(hop.number), step.step, step.seconds, step.seconds - step.waited) for step in hop.steps]
        rows.append(tuple(doc.strong(cell) for cell in _timing(str(hop.number), "all", hop.seconds, hop.overhead)))
    return doc.table((doc.Column(title="hop", align="right"), "step", seconds, waited, own), rows)


def _timing(hop: str, step: str, seconds: float, own: float) -> tuple[str, ...]:
    return (hop, step, f"{seconds:.1f}", f"{seconds - own:.1f}", f"{own:.1f}")


# --- what to do next ------------------------------------------------------------------------------------------------


def _steps(report: UpgradePage) -> Iterator[doc.Text]:
    """The exact next commands, in their order."""
    if report.verdict == "green":
        yield from _to_merge(report)
    elif report.verdict == "blocked":
        yield doc.line(
            "Mend what is named above in ", doc.code(report.worktree or "the worktree"), " and commit it there."
        )
        yield doc.line("Go on: ", doc.command("djup upgrade --continue"))
        yield doc.line("Or give up: ", doc.command("djup upgrade --abort"))
    elif report.verdict == "running":
        yield doc.line("If nothing is at work on it any more: ", doc.command("djup upgrade --continue"))
    else:
        again = "djup upgrade" if report.verdict == "baseline-red" else "djup upgrade --continue"
        yield doc.marked(report.hint or "Mend what is named above and commit it.")
        yield doc.line("Then: ", doc.command(again))


def _to_merge(report: UpgradePage) -> Iterator[doc.Text]:
    branch = shlex.quote(report.branch)  # git allows names in which a shell would see commands
    yield doc.line("Read the commits: ", doc.command(f"git log --reverse {report.base[:9]}..{branch}"))
    yield doc.line("Merge them: ", doc.command(f"git merge {branch}"))
    python = f"Python {report.reached.python} (was {report.start.python})"
    if report.start.python != report.reached.python:
        yield f"In production: bring {python}, and install the requirements anew."
    else:
        yield "In production: install the requirements anew."
    yield doc.line("Then: ", doc.command("python manage.py migrate"))
