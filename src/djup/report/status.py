"""The status of a project as a record, as text and as Markdown: what it is, and where each of that was read."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from djup.lifecycle.judgement import Judged
from djup.model import Known, Project, Record, Stop, release_text
from djup.report.checkup import print_standing, standing_markdown
from djup.report.markdown import table as markdown_table
from djup.report.run import SCHEMA_VERSION

ISSUES = 3
"""How many security issues a status names; a check names all."""


class Row(Record):
    """One line of the page: the value, where it was read, and whether it is a guess."""

    label: str
    value: str
    why: str = ""
    certain: bool = True


class StatusPage(Record):
    """What ``djup status`` shows. ``standing`` tells of each thing in use until when it is supported."""

    schema_version: int
    project: str
    django: str | None
    python: str | None
    support: str
    supported: bool | None
    latest_patch: str | None
    rows: tuple[Row, ...]
    notes: tuple[str, ...]
    next_command: str
    standing: tuple[Judged, ...] = ()


def status_page(
    project: Project,
    stop: Stop | None,
    support: str,
    *,
    supported: bool | None,
    latest: str | None,
    next_command: str,
    standing: tuple[Judged, ...] = (),
) -> StatusPage:
    """Make the page of a project; ``stop`` is None when nothing tells its Django."""
    return StatusPage(
        schema_version=SCHEMA_VERSION,
        project=project.name,
        django=stop.django if stop else None,
        python=release_text(stop.python) if stop else None,
        support=support,
        supported=supported,
        latest_patch=latest,
        rows=tuple(_rows(project, stop, support)),
        notes=project.notes,
        next_command=next_command,
        standing=standing,
    )


def _rows(project: Project, stop: Stop | None, support: str) -> list[Row]:
    rows = [_known("Django", project.django), Row(label="support", value=support)]
    if stop and (project.python is None or project.python.value != stop.python):
        known = project.python
        said = f"; {_place(known)}{known.why} says {release_text(known.value)}" if known else ""
        why = f"the newest here that this Django supports{said}"
        rows.append(Row(label="Python", value=release_text(stop.python), why=why, certain=False))
    elif project.python:
        rows.append(
            Row(
                label="Python",
                value=release_text(project.python.value),
                why=_place(project.python) + project.python.why,
                certain=project.python.certain,
            )
        )
    rows.append(_known("settings", project.settings))
    if project.tests:
        command = project.tests.value
        folder = "" if str(command.directory) == "." else f" in {command.directory}"
        value = f"python {' '.join(command.argv)}{folder}"
        rows.append(Row(label="tests", value=value, why=project.tests.why, certain=project.tests.certain))
    else:
        rows.append(Row(label="tests", value="none found", why="give --test-command"))
    rows += [
        Row(label="database", value=f"{database.vendor} ({database.alias})", why=str(database.place or ""))
        for database in project.databases
    ]
    rows += [
        Row(label="server", value=f"{server.product} {server.version.value}", why=str(server.version.place or ""))
        for server in project.servers
    ]
    manifests = ", ".join(f"{file.path} ({len(file.requirements)})" for file in project.manifests)
    rows.append(Row(label="manifests", value=manifests or "none"))
    if project.locks:
        rows.append(Row(label="locks", value=", ".join(map(str, project.locks))))
    models, migrations = sum(app.models for app in project.apps), sum(app.migrations for app in project.apps)
    counts = f"{len(project.apps)} with {models} models, {migrations} migrations, {project.templates} templates"
    rows.append(Row(label="apps", value=counts, why=", ".join(app.name for app in project.apps[:8])))
    if project.required_env:
        names = ", ".join(known.value for known in project.required_env)
        rows.append(Row(label="needs", value=names, why="settings read it without a default: --env NAME=VALUE"))
    rows.append(_git(project))
    return rows


def _git(project: Project) -> Row:
    if project.vcs is None:
        return Row(label="git", value="none", why="`djup upgrade --init-git` makes a repository")
    state = f"{len(project.vcs.dirty)} paths changed" if project.vcs.dirty else "clean"
    return Row(label="git", value=f"{project.vcs.branch or 'no branch'} at {project.vcs.head[:9]}, {state}")


def _known(label: str, known: Known[str] | None) -> Row:
    if known is None:
        return Row(label=label, value="not found")
    return Row(label=label, value=known.value, why=_place(known) + known.why, certain=known.certain)


def _place(known: Known[str] | Known[tuple[int, ...]]) -> str:
    return f"{known.place}: " if known.place else ""


def print_status(console: Console, page: StatusPage) -> None:
    """Print the page."""
    console.print(Text(page.project, style="bold"))
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim")
    table.add_column(style="bold" if page.supported else None)
    table.add_column(style="dim")
    for row in page.rows:
        guess = "" if row.certain else "guessed: "
        table.add_row(row.label, row.value, guess + row.why)
    console.print(table)
    if page.standing:
        console.print()
        print_standing(console, page.standing, ISSUES)
        console.print()
    for note in page.notes:
        console.print(Text(f"note: {note}", style="dim"))
    console.print(Text.assemble("next: ", (page.next_command, "bold cyan")))


def status_markdown(page: StatusPage) -> str:
    """The page as Markdown."""
    rows = [(row.label, row.value, ("" if row.certain else "guessed: ") + row.why) for row in page.rows]
    parts = [f"## {page.project}", markdown_table(("", "", "Read from"), rows)]
    if page.standing:
        parts.append(standing_markdown(page.standing, ISSUES))
    if page.notes:
        parts.append("\n".join(f"- {note}" for note in page.notes))
    return "\n\n".join([*parts, f"Next: `{page.next_command}`"]) + "\n"
