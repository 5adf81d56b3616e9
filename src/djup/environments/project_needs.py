"""What a project needs of its environment, as far as it is known without a run: contents, path, network and day."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from djup.config import Config
from djup.environments.store import Contents
from djup.knowledge.support import last_day, load_support
from djup.model import Project, Release
from djup.process import Network
from djup.project.servers import names_server, variables_of

SERVERS = ("postgresql", "mysql", "oracle")
"""The vendors whose databases are reached over a network."""


def contents_for(project: Project, lines: tuple[str, ...], build_constraints: tuple[str, ...]) -> Contents:
    """What the environment of a project holds: what was resolved, and the project itself."""
    return Contents(
        lines=lines,
        project=project.root if project.distribution else None,
        paths=folders_on_path(project),
        build_constraints=build_constraints,
    )


def folders_on_path(project: Project) -> tuple[Path, ...]:
    """The folders of a project that Python has to look into for its modules."""
    return tuple((project.root / folder).resolve() for folder in project.pythonpath)


def network_for(config: Config, project: Project) -> Network:
    """What tests may reach: nothing but the loopback of their own, unless a database server must be reached.

    That one lives on a server is read in the settings, or in the variables these may take it from.
    """
    if config.network != "auto":
        return config.network
    served = any(database.vendor in SERVERS for database in project.databases)
    return "host" if served or names_server(variables_of(project.root) | dict(config.env)) else "none"


def day_within(release: Release, last: dt.date | None, today: dt.date) -> dt.date:
    """The day of the last commit where it falls into the life of the release, else the middle of that life.

    So an old project comes up as it was: what it does not pin is taken as of that day.
    """
    table = load_support()
    middle = table.mid_life(release, today)
    row = table.rows.get(release)
    if row is None or last is None or not row.end_of_life:
        return middle
    return last if last_day(row.released) <= last <= min(last_day(row.end_of_life), today) else middle
