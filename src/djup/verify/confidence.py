"""What is proven of a hop by which evidence, what nothing exercised, and hence where a person should look. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise

from djup.model import Record
from djup.verify.counts import Tests
from djup.verify.lines import Coverage
from djup.verify.smoke.records import Reached


class Unexercised(Record):
    """Lines of a file that a hop changed and that neither tests nor smoke tests ran."""

    path: str
    lines: tuple[int, ...]

    def __str__(self) -> str:
        return f"{self.path}:{spans(self.lines)}"


class Confidence(Record):
    """The evidence of a hop.

    ``coverage`` is the per cent of the project's own statements that tests and smoke tests ran at the baseline, None
    where it was not measured. ``changed`` counts the lines the hop changed in Python files that hold a statement,
    ``changed_ran`` those of them that ran; ``unread`` says why they could not be counted. ``templates`` are changed
    templates that no request rendered. ``schema`` is ``equal``, what differs, or why there is no proof.
    """

    tests: Tests | None
    coverage: float | None
    smoke: Reached | None
    smoke_why: str = ""
    differences: Mapping[str, int] = {}
    schema: str = ""
    changed: int = 0
    changed_ran: int = 0
    unexercised: tuple[Unexercised, ...] = ()
    unread: str = ""
    templates: tuple[str, ...] = ()


def spans(numbers: Iterable[int]) -> str:
    """Line numbers as people write them: 3-5, 9."""
    ordered = sorted(set(numbers))
    if not ordered:
        return ""
    starts = [ordered[0], *(after for before, after in pairwise(ordered) if after != before + 1)]
    ends = [*(before for before, after in pairwise(ordered) if after != before + 1), ordered[-1]]
    return ", ".join(str(start) if start == end else f"{start}-{end}" for start, end in zip(starts, ends, strict=True))


def unexercised(
    changed: Mapping[str, tuple[int, ...]], coverage: Coverage, texts: Mapping[str, list[str]]
) -> tuple[int, int, tuple[Unexercised, ...]]:
    """Of the changed lines that belong to a statement: how many there are, how many ran, and those that did not.

    ``texts`` are the lines of the changed files: blank lines and comments belong to none. A line inside a statement
    counts as the line the statement begins at. Files that were not measured are left out.
    """
    total = ran = 0
    missed: list[Unexercised] = []
    for path, numbers in sorted(changed.items()):
        known = coverage.files.get(path)
        if known is None:
            continue
        did, starts = set(known.ran), sorted({*known.ran, *known.missed})
        lines = texts.get(path, [])
        counted = [(number, _start(number, starts)) for number in numbers if _says_something(lines, number)]
        total += sum(start is not None for _, start in counted)
        ran += sum(start in did for _, start in counted)
        absent = tuple(number for number, start in counted if start is not None and start not in did)
        if absent:
            missed.append(Unexercised(path=path, lines=absent))
    return total, ran, tuple(missed)


def _says_something(lines: list[str], number: int) -> bool:
    text = lines[number - 1].strip() if number <= len(lines) else ""
    return bool(text) and not text.startswith("#")


def _start(number: int, starts: list[int]) -> int | None:
    """The line of the statement a line belongs to: the last that begins at it or before it."""
    return max((start for start in starts if start <= number), default=None)


def sentences(found: Confidence) -> tuple[str, ...]:
    """The evidence in plain words, one sentence each; what is missing is said as plainly as what is there."""
    return (_tests(found), _smoke(found), _schema(found), *_changed(found))


def _tests(found: Confidence) -> str:
    if found.tests is None or not found.tests.total:
        return "The project has no tests of its own."
    reach = (
        "" if found.coverage is None else f" All evidence reaches {found.coverage:.0f} % of the project's statements."
    )
    return f"{found.tests.passed} of {found.tests.total} tests pass.{reach}"


def _smoke(found: Confidence) -> str:
    if found.smoke is None:
        return f"No smoke tests were run ({found.smoke_why})." if found.smoke_why else "No smoke tests were run."
    reached = found.smoke
    counts = ", ".join(f"{many} {name}" for name, many in found.differences.items() if many)
    share = f", {reached.percent:.0f} % of statements" if reached.statements else ""
    return (
        f"Smoke tests exercised {reached.routes_reached} of {reached.routes} routes in {reached.requests} requests"
        f"{share}; {reached.templates_compiled} of {reached.templates} templates compile,"
        f" {reached.models_saved} of {reached.models} models are saved and read back."
        f" {'Differences: ' + counts + '.' if counts else 'Nothing differs from the baseline.'}"
    )


def _schema(found: Confidence) -> str:
    if not found.schema:
        return "The schema was not compared."
    return "The schema is equal to the baseline's." if found.schema == "equal" else f"The schema: {found.schema}."


def _changed(found: Confidence) -> list[str]:
    if found.unread:
        return [f"Which changed lines ran is not known: {found.unread}."]
    if not found.changed and not found.templates:
        return ["No line of Python code that was measured changed."]
    said = [f"{found.changed_ran} of {found.changed} changed lines ran."]
    if found.unexercised:
        said.append(f"Look at these changed lines, which nothing exercised: {'; '.join(map(str, found.unexercised))}.")
    if found.templates:
        said.append(f"Look at these changed templates, which no request rendered: {', '.join(found.templates)}.")
    return said
