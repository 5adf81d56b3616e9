"""A copy of a project's small files in which a locker may write, and the environments lockers run in."""

from __future__ import annotations

import dataclasses
import datetime as dt
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath

from packaging.version import Version

from djup.environments.interpreters import Interpreter, interpreters
from djup.environments.sources import Sources
from djup.environments.store import Contents, ensure_environment
from djup.errors import DjupError, EnvironmentFailedError
from djup.model import Requirement
from djup.packages.index import Index
from djup.packages.pages import admits_python
from djup.packages.resolve import Wanted, resolve
from djup.process import Ran, contained, environment, run
from djup.project.manifests import FORMATS
from djup.project.tree import Tree

SMALL = 256 * 1024
"""Bytes of a source file a locker may want to see; locks are copied whatever their size."""

NEWEST = 4
"""Versions of a tool that are tried where none is asked for: an index may not yet have what the newest needs."""

TIME_LIMIT = 900.0
"""Seconds a locker may take."""


class LockFailedError(EnvironmentFailedError):
    """A locker could not make a lock."""


@dataclasses.dataclass(frozen=True)
class Workshop:
    """Where locks are made: ``folder`` is a copy of the project, ``interpreter`` the Python it is to run on."""

    folder: Path
    interpreter: Interpreter
    index: Index
    today: dt.date
    logs: Path
    sources: Sources

    def take(self, root: Path) -> None:
        """Copy what a locker may read: every small file, and the manifests and locks."""
        for path in Tree(root).files:
            source = root / path
            if source.is_symlink() or not source.is_file():
                continue
            if source.stat().st_size <= SMALL or path.suffix == ".lock":
                target = self.folder / path
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, target)

    def text(self, path: PurePosixPath) -> str:
        """The text of a file of the copy, its line ends as they are."""
        return (self.folder / path).read_bytes().decode("utf-8")

    def write(self, path: PurePosixPath, text: str) -> None:
        """Write a file of the copy."""
        (self.folder / path).write_bytes(text.encode("utf-8"))

    def pin(self, path: PurePosixPath, pins: Mapping[str, str]) -> None:
        """Pin packages in a manifest of the copy, those it does not name beside one that it does."""
        form = next(form for form in FORMATS.values() if form.matches(path))
        found = form.read(self.text(path), path).requirements
        for name in {one.name for one in found} & set(pins):
            self._pin_one(path, name, pins[name])
        beside = next((one for one in found if one.specifier and not one.url), None)
        if beside is not None:
            others = sorted(set(pins) - {one.name for one in found})
            for name in others:
                text = self.text(path)
                current = form.read(text, path).requirements
                spot = next(one for one in current if one.name == beside.name and one.group == beside.group)
                self.write(path, form.add(text, spot, name, f"=={pins[name]}"))

    def _pin_one(self, path: PurePosixPath, name: str, version: str) -> None:
        """Pin each declaration of a package, the last first so that the places of the others stay."""
        form = next(form for form in FORMATS.values() if form.matches(path))
        found = [one for one in form.read(self.text(path), path).requirements if one.name == name and not one.url]
        for requirement in sorted(found, key=_position, reverse=True):
            text = self.text(path)
            if requirement.written or requirement.specifier or path.name == "pyproject.toml":
                self.write(path, form.set_specifier(text, requirement, f"=={version}"))

    def tool(self, name: str, version: str | None = None, *, inside: bool = False) -> tuple[Path, str]:
        """The Python of an environment that holds a tool, and the tool's version.

        Without a version the newest is taken; with ``inside`` it runs on the project's own Python, else on the oldest
        here that the tool admits. What it needs is what was there on the day it came out: it worked then.
        """
        own = self.interpreter.version if inside else ""
        failure: DjupError | None = None
        for chosen in [version] if version else self.index.page(name).fitting(python=own)[:NEWEST]:
            try:
                return self._build(name, chosen, inside=inside), chosen
            except DjupError as error:
                failure = failure or error
        raise failure or LockFailedError(f"the index has no {name} that runs on Python {own}.")

    def _build(self, name: str, chosen: str, *, inside: bool) -> Path:
        page = self.index.page(name)
        python = self.interpreter if inside else self._oldest(name, chosen)
        day = page.uploaded(chosen)
        wanted = Wanted(
            requirements=(f"{name}=={chosen}",),
            until=self.today,
            sources=self.sources,
            as_of=min(day, self.today) if day else None,
            exempt=(name,),
        )
        resolution = resolve(wanted, python, root=self.folder)
        built = ensure_environment(Contents(lines=resolution.lines), python, self.logs, self.sources)
        return built.python

    def _oldest(self, name: str, version: str) -> Interpreter:
        page = self.index.page(name)
        requires = next((file.requires_python for file in page.files if file.version == version), "")
        fitting = [one for one in interpreters() if one.release >= (3, 7) and admits_python(requires, one.version)]
        if not fitting:
            raise LockFailedError(f"no Python here runs {name} {version} (it requires {requires}).")
        return min(fitting, key=lambda one: Version(one.version))

    def run(self, words: Sequence[str | Path], *, env: Mapping[str, str], log: str, cwd: Path | None = None) -> Ran:
        """Run a locker in the copy; raises LockFailedError with the end of its log."""
        ran = run(
            contained(words),
            cwd=cwd or self.folder,
            env=environment({"NO_COLOR": "1", **_said(self.sources), **env}),
            log=self.logs / f"{log}.log",
            timeout=TIME_LIMIT,
        )
        if not ran.ok:
            said = " / ".join(line.strip() for line in ran.tail(8).splitlines() if line.strip())
            raise LockFailedError(f"{log} failed: {said}")
        return ran


def _said(sources: Sources) -> dict[str, str]:
    """The sources as the variables of uv and of what builds on pip; indexes these read from files of their own."""
    links = {"PIP_FIND_LINKS": " ".join(sources.find_links)} if sources.find_links else {}
    return {**sources.variables(), **links, **({"PIP_NO_INDEX": "1"} if sources.offline or sources.no_index else {})}


def _position(requirement: Requirement) -> tuple[int, int]:
    return requirement.place.line, requirement.place.column
