"""The step that checks without running tests: sources, system check, migration drift, templates, imports."""

from __future__ import annotations

from djup.hops.place import project_now, workplace
from djup.hops.work import Done, Work
from djup.model import Checked, Hop
from djup.project.apps import project_modules
from djup.project.tree import Tree
from djup.verify.inspection import inspect


def check(work: Work, hop: Hop) -> Done:
    """Run every check and sweep in the hop's own Python and keep what they gave."""
    project = project_now(work)
    place = workplace(work, hop, "check", project)
    sources = [str(path) for path in Tree(work.root).python_files]
    checked = inspect(place, project_modules(project), sources)
    work.ledger.keep(hop.number, "checks", checked)
    for one in checked:
        if not one.ran and one.name != "settings":
            work.reporter.note(f"could not be swept to the end: {one.name} ({_why(one)})")
    return Done(message=_summary(checked), waited=sum(one.seconds for one in checked))


def _why(checked: Checked) -> str:
    """What stopped a sweep: its own failure, else that nothing came."""
    own = [trouble.message for trouble in checked.troubles if trouble.subject == checked.name]
    return own[0] if own else checked.reason


def _summary(checked: tuple[Checked, ...]) -> str:
    parts = [f"{len(one.well)} {one.name}" for one in checked if one.name in ("sources", "templates", "imports")]
    troubles = [f"{len(one.troubles)} {one.name}" for one in checked if one.troubles]
    return ", ".join(parts) + " well" + (f"; in trouble: {', '.join(troubles)}" if troubles else "")
