"""Resolution by the pip of an old Python, which uv does not know: everything is fetched, and so is pinned.

That pip knows no dates. What came after the day asked for is found on the index afterwards, ruled out, and the whole is
resolved again.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from packaging.utils import canonicalize_name, parse_wheel_filename
from packaging.version import InvalidVersion, Version

from djup.environments.interpreters import Interpreter
from djup.environments.sources import Sources, own_sources
from djup.environments.store import Contents, ensure_environment
from djup.environments.virtualenv import downloads, run_pip
from djup.model import Record
from djup.packages.index import Index, IndexUnreachableError
from djup.process import Ran

ROUNDS = 4
"""Times a set is resolved at most; each rules out what came too late in the one before."""

NEW_RESOLVER = "--use-feature=2020-resolver"
"""pip 20.3 on Python 2 keeps to the old resolver, which takes what it meets first, unless told
(https://pip.pypa.io/en/stable/news/#v20-3)."""


ENDING = re.compile(r"\.(?:tar\.(?:gz|bz2|xz)|tgz|zip)$")


class OldAsk(Record):
    """What to resolve: that part of :class:`djup.packages.resolve.Wanted` which an old pip understands."""

    requirements: tuple[str, ...]
    constraints: tuple[str, ...] = ()
    preferred: Mapping[str, str] = {}
    exempt: tuple[str, ...] = ()
    as_of: dt.date | None = None
    options: tuple[str, ...] = ()
    strict: bool = False
    sources: Sources | None = None


@dataclasses.dataclass(frozen=True)
class Pip:
    """The pip of an environment of an old Python, a folder for what it reads and writes, and where it is started."""

    interpreter: Interpreter
    python: Path
    folder: Path
    root: Path

    def fetch(self, ask: OldAsk, constraints: Sequence[str], *options: str) -> tuple[Ran, dict[str, str]]:
        """Fetch everything into a folder; the files' names are the pins.

        Wheels are not built at once, as Django 1.4 refuses to be one.
        """
        files = self.folder / "files"
        shutil.rmtree(files, ignore_errors=True)
        asked, bounds = self.folder / "requirements.txt", self.folder / "constraints.txt"
        asked.write_text("".join(f"{line}\n" for line in (*ask.options, *ask.requirements)), encoding="utf-8")
        bounds.write_text("".join(f"{line}\n" for line in constraints), encoding="utf-8")
        store = downloads(self.interpreter.version)
        store.mkdir(parents=True, exist_ok=True)
        words: list[str | Path] = ["download", "--dest", files, "--find-links", store, *options]
        ran = run_pip(self.python, [*words, "--requirement", asked, "--constraint", bounds], cwd=self.root)
        fetched = sorted(files.iterdir()) if ran.ok and files.is_dir() else []
        for file in fetched:
            shutil.copyfile(file, store / file.name)
        return ran, dict(name_and_version(file.name) for file in fetched)


def resolve_old(ask: OldAsk, interpreter: Interpreter, root: Path) -> tuple[Ran, dict[str, str], tuple[str, ...]]:
    """Return how pip ended, the pins by normalised name, and notes; ``root`` is where relative paths start from."""
    with tempfile.TemporaryDirectory(prefix="djup-resolve-") as name:
        python = ensure_environment(Contents(lines=()), interpreter, Path(name)).python
        pip = Pip(interpreter, python, Path(name), root)
        ceilings: dict[str, str] = {}
        for _ in range(ROUNDS):
            ran, pins, notes = _attempts(ask, ceilings, pip)
            try:
                late = _too_late(ask, pins, interpreter) if ran.ok else {}
            except IndexUnreachableError as error:
                return ran, pins, (*notes, f"Packages may be later than {ask.as_of}: {error.problem}")
            if not late:
                break
            ceilings |= late
    return ran, pins, notes


def _attempts(ask: OldAsk, ceilings: Mapping[str, str], pip: Pip) -> tuple[Ran, dict[str, str], tuple[str, ...]]:
    """Keep what was there; where that cannot hold let it move; where pins contradict, take them as pip of old did."""
    capped = [*ask.constraints, *(f"{name}<={version}" for name, version in ceilings.items())]
    kept = [f"{name}=={version}" for name, version in ask.preferred.items()]
    ran, pins = pip.fetch(ask, [*capped, *kept], NEW_RESOLVER)
    if not ran.ok and kept:
        ran, pins = pip.fetch(ask, capped, NEW_RESOLVER)
    if ran.ok or ask.strict or "conflict" not in ran.tail(400):
        return ran, pins, ()
    forced, forced_pins = pip.fetch(ask, capped)
    note = "Some pins contradict what packages declare; as pip of old did, the pins were taken."
    return (forced, forced_pins, (note,)) if forced.ok else (ran, pins, ())


def name_and_version(file: str) -> tuple[str, str]:
    """The normalised name and the version a wheel or an sdist is named for; old sdists have hyphens in either."""
    if file.endswith(".whl"):
        name, version, _, _ = parse_wheel_filename(file)
        return canonicalize_name(name), str(version)
    stem = ENDING.sub("", file)
    for place in (at for at, letter in enumerate(stem) if letter == "-"):
        try:
            return canonicalize_name(stem[:place]), str(Version(stem[place + 1 :]))
        except InvalidVersion:
            continue
    return canonicalize_name(stem), "0"


def _too_late(ask: OldAsk, pins: Mapping[str, str], interpreter: Interpreter) -> dict[str, str]:
    """The newest version of each package that was there on the day, where a later one was taken; not of pins.

    Raises IndexUnreachableError.
    """
    if ask.as_of is None:
        return {}
    named = {name for name in pins if name not in ask.exempt}
    pages = Index.of(ask.sources or own_sources()).pages(named)
    found = {}
    for name in named:
        day = pages[name].uploaded(pins[name])
        if day is None or day <= ask.as_of:
            continue
        early = [
            version
            for version in pages[name].fitting(python=interpreter.version)
            if (came := pages[name].uploaded(version)) is not None and came <= ask.as_of
        ]
        if early:
            found[name] = max(early, key=Version)
    return found
