"""Find a set of packages for each hop of real projects, and print a row for each: found, or what blocks it.

    python benchmarks/packages.py [--rows ROWS.json] [NAME …]     the table
    python benchmarks/packages.py --table PROJECT                 the time of `djup packages`, cold and warm

Nothing of the projects runs: their manifests are read, and written in a copy after each hop as a run would write them.
A hop is timed a second time, with all that uv has fetched and none of what djup remembers.
"""

from __future__ import annotations

import argparse
import dataclasses
import datetime as dt
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import platformdirs
from sources import unpack_sdist

from djup.config import Config
from djup.environments.interpreters import interpreters, need_interpreter
from djup.errors import DjupError
from djup.knowledge.support import load_support
from djup.model import Hop, Project, parse_release, release_text
from djup.packages.bump import Ask, Bump, choose, resolve_as_it_is
from djup.packages.conflicts import Question, find_conflicts
from djup.packages.declared import needed_requirements
from djup.packages.index import Index
from djup.packages.origins import sources_of
from djup.packages.writing import with_edits
from djup.project.options import ReadOptions
from djup.project.read import read_project
from djup.tasks.plan import outline

PROJECTS = Path(__file__).parent / "package_projects.toml"
HEAD = ("project", "packages", "from (Django / Python)", "sets found", "to", "s per hop, warm", "what blocks the next")
TARGET = "6.1"


def main() -> int:
    """Print what was asked for."""
    parser = argparse.ArgumentParser(description="Find sets of packages for the hops of real projects.")
    parser.add_argument("names", nargs="*", help="projects of package_projects.toml")
    parser.add_argument("--table", metavar="PROJECT", help="time `djup packages` on a project instead")
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="djup-packages-"))
    projects = tomllib.loads(PROJECTS.read_text(encoding="utf-8"))["project"]
    if asked.table:
        return time_table(next(one for one in projects if one["name"] == asked.table), folder)
    print(row(HEAD) + "\n" + row(["---"] * len(HEAD)), flush=True)
    slowest = 0.0
    for project in projects:
        if not asked.names or project["name"] in asked.names:
            walk = Walk(project, folder)
            walk.go()
            slowest = max([slowest, *walk.seconds])
            print(row(walk.cells()), flush=True)
    print(f"\nthe slowest hop took {slowest:.1f} s")
    return 0


def row(cells: Any) -> str:
    """A row of a Markdown table."""
    return "| " + " | ".join(str(cell).replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


class Walk:
    """A project on its way from release to release, as far as sets are found."""

    def __init__(self, project: Mapping[str, Any], folder: Path) -> None:
        self.title = f"{project['name']} {project['version']}"
        self.root = unpack_sdist(project["name"], project["version"], folder)
        self.today = dt.datetime.now(dt.UTC).date()
        self.as_of = dt.date.fromisoformat(project["as_of"])
        self.python = project.get("python", "")
        self.found = 0
        self.seconds: list[float] = []
        self.blocked = ""
        self.reached = ""
        self.start = ""
        self.packages = 0

    def go(self) -> None:
        """Take hop after hop until one has no set."""
        planned = outline(self.root, Config(to=TARGET, python=self.python, packages=False), self.today)
        self.start = f"{planned.path.start.django} / {release_text(planned.path.start.python)}"
        self.packages = len(needed_requirements(planned.project))
        try:
            before: Mapping[str, str] = self._as_it_is(planned.project, planned.path.start.django)
        except DjupError as error:
            self.blocked = f"the start: {error.problem}"
            return
        earlier: list[str] = [planned.path.start.django]
        for hop in planned.path.hops:
            project = self._read(hop)
            ask = self._ask(project, hop, before)
            try:
                chosen = choose(ask)
            except DjupError as error:
                self.blocked = self._why(project, hop, tuple(reversed(earlier)), error)
                return
            self._time(ask)
            self._write(project, chosen)
            before, self.reached = chosen.resolution.pins, f"{hop.end.django} / {release_text(hop.end.python)}"
            self.found += 1
            earlier.append(hop.end.django)

    def _as_it_is(self, project: Project, django: str) -> Mapping[str, str]:
        stop = outline(self.root, Config(to=TARGET, python=self.python), self.today).path.start
        python = need_interpreter(stop.python, interpreters())
        return resolve_as_it_is(project, python, django=django, as_of=self.as_of, today=self.today).pins

    def _read(self, hop: Hop) -> Project:
        options = ReadOptions(python=parse_release(release_text(hop.start.python)))
        return read_project(self.root, options, released=load_support().versions())

    def _ask(self, project: Project, hop: Hop, before: Mapping[str, str]) -> Ask:
        return Ask(
            project=project,
            hop=hop,
            interpreter=need_interpreter(hop.end.python, interpreters()),
            before=before,
            raised={},
            above={},
            as_of=load_support().mid_life(hop.end.release, self.today),
            today=self.today,
            sources=sources_of(project),
        )

    def _time(self, ask: Ask) -> None:
        shutil.rmtree(platformdirs.user_cache_path("djup") / "resolutions", ignore_errors=True)
        started = time.monotonic()
        choose(dataclasses.replace(ask))
        self.seconds.append(time.monotonic() - started)

    def _write(self, project: Project, chosen: Bump) -> None:
        for file in project.manifests:
            path = self.root / file.path
            edits = [edit for edit in chosen.edits if edit.requirement.place.path == file.path]
            if edits:
                text = path.read_bytes().decode("utf-8")
                path.write_bytes(with_edits(file, text, edits).encode("utf-8"))

    def _why(self, project: Project, hop: Hop, earlier: tuple[str, ...], error: DjupError) -> str:
        sources = sources_of(project)
        question = Question(
            requirements=tuple(one for one in needed_requirements(project) if one.name != "django"),
            django=hop.end.django,
            interpreter=need_interpreter(hop.end.python, interpreters()),
            index=Index.of(sources),
            root=self.root,
            today=self.today,
            sources=sources,
            earlier=earlier[:1],
        )
        conflicts = find_conflicts(question)
        told = [f"{one.why}{f' → {one.ways[0].what}' if one.ways else ''}" for one in conflicts]
        return f"{hop.end}: " + ("; ".join(told) or f"UNEXPLAINED {error.problem}")

    def cells(self) -> tuple[str, ...]:
        """The row of the table."""
        mean = f"{sum(self.seconds) / len(self.seconds):.1f} (at most {max(self.seconds):.1f})" if self.seconds else "–"
        return (
            self.title,
            str(self.packages),
            self.start,
            str(self.found),
            self.reached or "–",
            mean,
            self.blocked or "–",
        )


def time_table(project: Mapping[str, Any], folder: Path) -> int:
    """Print how long `djup packages` takes with empty caches, and again."""
    root = unpack_sdist(project["name"], project["version"], folder)
    caches = {"XDG_CACHE_HOME": str(folder / "cache"), "UV_CACHE_DIR": str(folder / "uv")}
    for which in ("interpreters asked for the first time", "cold", "warm"):
        if which == "cold":
            shutil.rmtree(folder / "uv")
            for name in ("index", "resolutions"):
                shutil.rmtree(folder / "cache" / "djup" / name, ignore_errors=True)
        started = time.monotonic()
        words = [sys.executable, "-m", "djup", "packages", "--format", "json", "--to", TARGET, str(root)]
        ran = subprocess.run(words, env={**os.environ, **caches}, capture_output=True, text=True, check=False)
        seconds = time.monotonic() - started
        table = json.loads(ran.stdout)["table"] if ran.returncode == 0 else None
        many = f"{len(table['rows'])} packages, {len(table['conflicts'])} conflicts" if table else ran.stderr.strip()
        print(f"{project['name']} {project['version']}, {which}: {seconds:.1f} s ({many})", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
