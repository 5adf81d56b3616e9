"""``djup guide``: the guide of a release for one project: what applies, where, what djup does, what is left."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.text import Text

from djup.cli.options import format_option
from djup.cli.output import print_as
from djup.errors import UsageError
from djup.knowledge.changes import Change, all_changes
from djup.knowledge.support import load_support
from djup.model import Finding, Record, Release, parse_release, release_text
from djup.report.run import SCHEMA_VERSION
from djup.tasks.fix import Order, release_of_project, rewrite


class Chapter(Record):
    """A change that applies: how many places djup rewrites, and those left to a person."""

    id: str
    summary: str
    severity: str
    rewritten: int
    left: tuple[Finding, ...]
    advice: str
    link: str


class Guide(Record):
    """What ``djup guide`` shows."""

    schema_version: int
    project: str
    start: str
    release: str
    notes: str
    chapters: tuple[Chapter, ...]


@click.command()
@click.argument("release", metavar="RELEASE")
@click.argument("path", type=click.Path(exists=True, file_okay=False, path_type=Path), default=Path())
@click.option("--from", "start", metavar="RELEASE", help="The Django the project is on. [default: read]")
@format_option
def guide(release: str, path: Path, start: str | None, form: str) -> None:
    """Write the guide of a release for a project.

    Each change that applies to the project in PATH: where, what djup does about it, and what is left to do.
    """
    target = parse_release(release)
    if target not in {change.release for change in all_changes()} | set(load_support().rows):
        raise UsageError(f"there is no Django {release}.", hint="`djup changes stats` lists the releases.")
    page = make_guide(path.resolve(), target, parse_release(start) if start else None)
    print_as(form, page, text=lambda out: _print(out, page), markdown=lambda: _markdown(page))


def make_guide(root: Path, target: Release, given: Release | None) -> Guide:
    """Return the guide; raises UsageError where nothing says which Django the project is on."""
    start = given or release_of_project(root)
    if start is None:
        raise UsageError("no file here says which Django this is written for.", hint="Give it with --from.", path=root)
    if start > target:
        raise UsageError(f"the project is on Django {release_text(start)} already.", hint="Name a newer release.")
    done = rewrite([root], Order(start=start, target=target))
    concerned = [change for change in all_changes() if change.id in {*done.edits, *done.left}]
    return Guide(
        schema_version=SCHEMA_VERSION,
        project=root.name,
        start=release_text(start),
        release=release_text(target),
        notes=f"https://docs.djangoproject.com/en/{release_text(target)}/releases/{release_text(target)}/",
        chapters=tuple(_chapter(change, done.edits, done.findings) for change in concerned),
    )


def _chapter(change: Change, edits: Any, findings: tuple[Finding, ...]) -> Chapter:
    return Chapter(
        id=change.id,
        summary=change.summary,
        severity=change.severity,
        rewritten=edits.get(change.id, 0),
        left=tuple(finding for finding in findings if finding.change == change.id),
        advice=change.advice,
        link=change.notes,
    )


def _title(page: Guide) -> str:
    return f"{page.project}: from Django {page.start} to {page.release}"


def _did(chapter: Chapter) -> str:
    parts = [f"djup rewrites {chapter.rewritten} places"] if chapter.rewritten else []
    parts += [f"{len(chapter.left)} are left to you"] if chapter.left else []
    return ", ".join(parts)


def _print(console: Console, page: Guide) -> None:
    console.print(Text(_title(page), style="bold"))
    console.print(Text(page.notes, style="dim"))
    for chapter in page.chapters:
        console.print(Text(f"\n{chapter.summary} [{chapter.id}]", style="bold"))
        console.print(Text(f"  {_did(chapter)}. {chapter.advice}".rstrip()), soft_wrap=True)
        for finding in chapter.left:
            console.print(Text(f"    {finding.place}"))
    if not page.chapters:
        console.print("Nothing in it asks for a change.")


def _markdown(page: Guide) -> str:
    parts = [f"# {_title(page)}\n\n[Release notes]({page.notes})\n"]
    for chapter in page.chapters:
        places = "".join(f"- [ ] `{finding.place}`\n" for finding in chapter.left)
        advice = f"\n{chapter.advice}\n" if chapter.advice and chapter.left else ""
        head = f"## {chapter.summary}\n\n[`{chapter.id}`]({chapter.link}): {_did(chapter)}.\n"
        parts.append(head + advice + (f"\n{places}" if places else ""))
    return "\n".join(parts)
