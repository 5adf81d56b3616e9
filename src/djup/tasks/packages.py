"""``djup packages``: holds what a project declares against the index, for the release it is to go to."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from djup.config import Config
from djup.environments.interpreters import interpreters, need_interpreter
from djup.knowledge.support import load_support
from djup.packages.index import Index
from djup.packages.look_alikes import refuse_look_alikes
from djup.packages.origins import sources_of
from djup.packages.table import TableAsk, package_table
from djup.report.packages import PackagesPage
from djup.tasks.plan import Survey, outline


def look_up_packages(root: Path, config: Config, today: dt.date, *, one_hop: bool) -> PackagesPage:
    """Return what the target of the project's path needs of each package; nothing of the project runs or changes.

    Raises UsageError as a plan does, and for names that only look like a known package.
    """
    planned = outline(root, config, today, one_hop=one_hop)
    refuse_look_alikes(planned.project, config.requirements, config.allowed_packages)
    return PackagesPage(project=planned.project.name, table=package_table(_request(planned, config, today)))


def _request(planned: Survey, config: Config, today: dt.date) -> TableAsk:
    found = interpreters()
    start, end = planned.path.start, planned.path.hops[-1].end if planned.path.hops else planned.path.target
    sources = sources_of(planned.project, find_links=config.find_links, offline=config.offline)
    stops = [hop.end.django for hop in planned.path.hops[:-1]]
    return TableAsk(
        project=planned.project,
        start=start,
        end=end,
        interpreter=need_interpreter(end.python, found),
        here=next((interpreter for interpreter in found if interpreter.release == start.python), None),
        others=tuple(interpreter for interpreter in found if interpreter.release > end.python),
        earlier=tuple(dict.fromkeys([*reversed(stops), start.django])),
        index=Index.of(sources),
        sources=sources,
        as_of=load_support().mid_life(start.release, today),
        as_of_end=load_support().mid_life(end.release, today),
        today=today,
    )
