"""A plan as a record, as text and as Markdown."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Console
from rich.table import Table
from rich.text import Text

from djup.model import Record, UpgradePath, release_text
from djup.plan.estimate import Estimate
from djup.report.markdown import table as markdown_table
from djup.report.run import SCHEMA_VERSION, At


class PlannedHop(Record, rename={"start": "from", "end": "to"}):
    """A hop as planned."""

    number: int
    kind: str
    start: At
    end: At
    why: str
    supported_until: str


class PlannedChange(Record):
    """A change that the path asks for, and how often."""

    id: str
    summary: str
    places: int
    fixed_by_djup: bool


class PlanPage(Record, rename={"start": "from"}):
    """What ``djup plan`` shows."""

    schema_version: int
    project: str
    start: At
    target: At
    hops: tuple[PlannedHop, ...]
    changes: tuple[PlannedChange, ...]
    estimate: Estimate
    notes: tuple[str, ...]


def plan_page(
    name: str, path: UpgradePath, counts: Mapping[str, int], summaries: Mapping[str, tuple[str, bool]], guess: Estimate
) -> PlanPage:
    """Make the page; ``summaries`` gives for each change id its summary and whether djup fixes it."""
    return PlanPage(
        schema_version=SCHEMA_VERSION,
        project=name,
        start=At(django=path.start.django, python=release_text(path.start.python)),
        target=At(django=path.target.django, python=release_text(path.target.python)),
        hops=tuple(
            PlannedHop(
                number=hop.number,
                kind=hop.kind,
                start=At(django=hop.start.django, python=release_text(hop.start.python)),
                end=At(django=hop.end.django, python=release_text(hop.end.python)),
                why=hop.why,
                supported_until=hop.supported_until,
            )
            for hop in path.hops
        ),
        changes=tuple(
            PlannedChange(id=change, summary=summaries[change][0], places=places, fixed_by_djup=summaries[change][1])
            for change, places in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        ),
        estimate=guess,
        notes=path.notes,
    )


def print_plan(console: Console, page: PlanPage) -> None:
    """Print the plan."""
    title = f"{page.project}: Django {page.start.django} on Python {page.start.python}"
    console.print(Text(f"{title} → {page.target.django} on {page.target.python}", style="bold"))
    if not page.hops:
        console.print("Nothing to do: the project is there.")
    else:
        hops = Table("hop", "Django", "Python", "support ends", "why", box=None, pad_edge=False)
        for hop in page.hops:
            hops.add_row(str(hop.number), hop.end.django, hop.end.python, hop.supported_until or "?", hop.why)
        console.print(hops)
    if page.changes:
        changes = Table("places", "change", "by", "what", box=None, pad_edge=False)
        for change in page.changes:
            changes.add_row(str(change.places), change.id, "djup" if change.fixed_by_djup else "you", change.summary)
        console.print(changes)
    console.print(Text(describe_estimate(page.estimate), style="dim"))
    for note in page.notes:
        console.print(Text(f"note: {note}", style="dim"))


def describe_estimate(guess: Estimate) -> str:
    """The estimate in words, with what it rests on."""
    return (
        f"About {guess.run_minutes} min of running (a test run taken as one minute), and {guess.person_hours} h of a"
        f" person's: {guess.fixable} places rewritten by djup to be read, {guess.by_hand} to be looked at by hand."
    )


def plan_markdown(page: PlanPage) -> str:
    """The plan as Markdown."""
    hops = [(str(h.number), h.end.django, h.end.python, h.supported_until, h.why) for h in page.hops]
    changes = [(str(c.places), f"`{c.id}`", "djup" if c.fixed_by_djup else "a person", c.summary) for c in page.changes]
    parts = [
        f"## {page.project}: Django {page.start.django} → {page.target.django}",
        markdown_table(("Hop", "Django", "Python", "Support ends", "Why"), hops),
        markdown_table(("Places", "Change", "By", "What"), changes) if changes else "",
        describe_estimate(page.estimate),
        "\n".join(f"- {note}" for note in page.notes),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"
