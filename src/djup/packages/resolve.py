"""Resolution by uv.

From requirements, a Python and a date to one pinned set, remembered so that a redo needs no network.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import re
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec
import platformdirs
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

from djup import __version__
from djup.environments.builds import PKG_RESOURCES, advice_for, mending_constraints
from djup.environments.interpreters import Interpreter
from djup.environments.sources import Sources, own_sources
from djup.environments.uv import explain_failure, run_uv
from djup.environments.virtualenv import is_old
from djup.errors import EnvironmentFailedError
from djup.model import Record, from_json, to_json
from djup.packages.old_pythons import OldAsk, resolve_old
from djup.process import Ran

PIN = re.compile(r"^([A-Za-z0-9][\w.-]*)==([^\s;]+)")
HIDDEN = re.compile(r"`([A-Za-z0-9][\w.-]*)`\s+was\s+filtered\s+by\s+`exclude-newer(-package)?`")
EARLY = re.compile(r"Pre-releases\s+are\s+available\s+for\s+`([A-Za-z0-9][\w.-]*)`")
UNVENDORED, VENDORED = "setuptools<71", dt.date(2024, 7, 17)
"""Before that day no package required more; 71 holds packages whose plugins pytest before 6 would load."""

UNDATED = 3
"""Packages without a day after which the index is taken to tell none at all."""

BUILD_TOOLS = ("setuptools", "wheel", "pip", "hatchling", "flit-core", "poetry-core", "pdm-backend", "setuptools-scm")


class Wanted(Record):
    """What to resolve. ``requirements`` are lines as in a requirements file.

    ``sources`` is where packages come from, None stands for what the user has set; ``undated`` are packages of which
    it tells no days. ``as_of`` hides what was uploaded later, except for packages the project pins; ``until`` is the
    day of the run. ``preferred`` are versions kept unless something forbids them; ``only_wheels`` leaves out what would
    have to be built, but for ``built``. Pins that contradict what packages declare are taken all the same, as pip of
    old did, unless ``strict``.
    """

    requirements: tuple[str, ...]
    until: dt.date
    sources: Sources | None = None
    undated: tuple[str, ...] = ()
    constraints: tuple[str, ...] = ()
    overrides: tuple[str, ...] = ()
    preferred: Mapping[str, str] = {}
    exempt: tuple[str, ...] = ()
    as_of: dt.date | None = None
    options: tuple[str, ...] = ()
    only_wheels: bool = False
    built: tuple[str, ...] = ()
    strict: bool = False


class Resolution(Record):
    """A pinned set. ``lines`` install it; ``pins`` are its versions by normalised name."""

    lines: tuple[str, ...]
    pins: Mapping[str, str]
    build_constraints: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class ConflictError(EnvironmentFailedError):
    """The requirements cannot hold together, or one cannot be had at all. ``detail`` is uv's own explanation."""

    def __init__(self, problem: str, *, detail: str, hint: str = "") -> None:
        self.detail = detail
        super().__init__(problem, hint=hint)


def resolve(wanted: Wanted, interpreter: Interpreter, *, root: Path) -> Resolution:
    """Return the pinned set for an interpreter; ``root`` is the folder relative paths in requirements start from.

    Raises ConflictError with the reason in one paragraph, EnvironmentFailedError for no network or a full disk.
    """
    memory = _memory(wanted, interpreter)
    try:
        return from_json(memory.read_bytes(), Resolution)
    except (OSError, msgspec.DecodeError):
        by_tool = _resolve_old if is_old(interpreter.release) else _resolve
        resolution = by_tool(wanted, interpreter, root)
    memory.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=memory.parent, delete=False) as file:
        file.write(to_json(resolution))
    Path(file.name).replace(memory)
    return resolution


def _memory(wanted: Wanted, interpreter: Interpreter) -> Path:
    sources = wanted.sources or own_sources()
    key = to_json([__version__, 2, wanted, interpreter.version, sources])
    return platformdirs.user_cache_path("djup") / "resolutions" / f"{hashlib.sha256(key).hexdigest()[:24]}.json"


def _resolve(wanted: Wanted, interpreter: Interpreter, root: Path) -> Resolution:
    """Resolve, mending in turn what can be mended: old build tools, and pins that contradict what packages declare."""
    ask = _Ask(wanted=wanted, final=not any(Version(one).is_prerelease for one in wanted.preferred.values()))
    ran, lines = _compile(ask, interpreter, root)
    while not ran.ok and ask.mend(ran.errors):
        ran, lines = _compile(ask, interpreter, root)
    wanted, notes = ask.wanted, ask.notes
    if wanted.undated:
        notes.append("The index does not tell the days of all files, so the newest of these that fit are taken.")
    if ask.constraints:
        notes.append(f"Old packages are built with {', '.join(ask.constraints)}.")
    pins = tuple(line for line in wanted.requirements if PIN.match(line))
    if not ran.ok and "are incompatible" in ran.errors and pins and not (wanted.overrides or wanted.strict):
        ask.wanted = msgspec.structs.replace(wanted, overrides=pins)
        forced, forced_lines = _compile(ask, interpreter, root)
        if forced.ok:
            ran, lines = forced, forced_lines
            notes.append("Some pins contradict what packages declare; as pip of old did, the pins were taken.")
    if not ran.ok:
        raise explain_failure(ran, "resolving requirements") or _conflict(ran)
    return Resolution(lines=lines, pins=_pins(lines), build_constraints=ask.constraints, notes=tuple(notes))


@dataclasses.dataclass
class _Ask:
    """What the resolver is asked, mended from one failure to the next.

    ``constraints`` are those of builds. ``final`` leaves out the pre-releases that no requirement asks for, even where
    nothing else fits; ``late`` are packages of which a final release of a later day was asked for instead.
    """

    wanted: Wanted
    final: bool
    constraints: tuple[str, ...] = ()
    late: set[str] = dataclasses.field(default_factory=set)
    notes: list[str] = dataclasses.field(default_factory=list)

    def mend(self, errors: str) -> bool:
        """Ask otherwise, by what the resolver said; False where that leads nowhere."""
        wanted = self.wanted
        found = HIDDEN.findall(errors)
        hidden = {name for name, _ in found} - set(wanted.exempt)
        undated = {name for name, by_name in found if by_name or name in wanted.exempt} - set(wanted.undated)
        mending = set(mending_constraints(errors)) - set(self.constraints)
        early = set(EARLY.findall(errors)) if self.final else set()
        if hidden:
            names = ", ".join(sorted(hidden))
            self.notes.append(f"No version of {names} from {wanted.as_of} fits; a later one is taken.")
            self.wanted = msgspec.structs.replace(wanted, exempt=(*wanted.exempt, *sorted(hidden)))
        elif undated:
            self.wanted = msgspec.structs.replace(wanted, undated=(*wanted.undated, *sorted(undated)))
        elif mending:
            self.constraints = (*self.constraints, *sorted(mending))
        elif early:
            self._mend_early(early)
        return bool(hidden or undated or mending or early)

    def _mend_early(self, early: set[str]) -> None:
        """Take finals of a later day rather than pre-releases; of what has no finals at all, those of the day."""
        exempt = set(self.wanted.exempt)
        later = early - exempt if self.wanted.as_of is not None else set()
        self.final = bool(later)
        exempt = exempt | later if later else exempt - self.late
        self.late |= later
        self.wanted = msgspec.structs.replace(self.wanted, exempt=tuple(sorted(exempt)))


def _resolve_old(wanted: Wanted, interpreter: Interpreter, root: Path) -> Resolution:
    """Resolve for a Python that uv does not know, by the pip of an environment of its own."""
    ask = OldAsk(
        requirements=wanted.requirements,
        constraints=wanted.constraints,
        preferred=wanted.preferred,
        exempt=wanted.exempt,
        as_of=wanted.as_of,
        options=wanted.options,
        strict=wanted.strict,
        sources=wanted.sources,
    )
    ran, pins, notes = resolve_old(ask, interpreter, root)
    if not ran.ok:
        raise explain_failure(ran, "resolving requirements") or _old_conflict(ran)
    return Resolution(lines=tuple(f"{name}=={pins[name]}" for name in sorted(pins)), pins=pins, notes=notes)


def _old_conflict(ran: Ran) -> ConflictError:
    """The error for what an old pip says."""
    text = ran.tail(400)
    said = [line.removeprefix("ERROR: ").strip() for line in text.splitlines() if line.startswith("ERROR: ")]
    return ConflictError(
        f"the requirements cannot hold together: {' '.join(said[-3:]) or ran.tail(3)}.",
        detail=text,
        hint=advice_for(text) or "Change the requirement that is named, then run the same command again.",
    )


def _compile(ask: _Ask, interpreter: Interpreter, root: Path) -> tuple[Ran, tuple[str, ...]]:
    """Run uv's resolver once; preferences are the pins of the file it is to write."""
    wanted = ask.wanted
    with tempfile.TemporaryDirectory(prefix="djup-resolve-") as name:
        folder = Path(name)
        out = folder / "resolved.txt"
        out.write_text("".join(f"{package}=={version}\n" for package, version in sorted(wanted.preferred.items())))
        listed = {"requirements.in": [*wanted.options, *wanted.requirements]}
        words: list[str | Path] = ["pip", "compile", folder / "requirements.in", "--output-file", out, "--quiet"]
        words += ["--python", interpreter.path, "--no-header", "--no-annotate", "--no-progress"]
        words += ["--prerelease", "explicit"] if ask.final else []
        for option, lines in (
            ("--constraints", _constraints(wanted)),
            ("--overrides", wanted.overrides),
            ("--build-constraints", ask.constraints),
        ):
            if lines:
                listed[option.strip("-") + ".txt"] = list(lines)
                words += [option, folder / (option.strip("-") + ".txt")]
        words += [*_dates(wanted), *_wheels(wanted)]
        for file, written in listed.items():
            (folder / file).write_text("".join(f"{line}\n" for line in written))
        ran = run_uv(words, sources=wanted.sources, cwd=root)
        kept = out.read_text().splitlines() if ran.ok else []
        return ran, tuple(line.strip() for line in kept if line.strip() and not line.startswith("#"))


def _wheels(wanted: Wanted) -> list[str]:
    """Nothing built at all, or where something must be, only that among the packages that are known by name."""
    if not wanted.only_wheels:
        return []
    if not wanted.built:
        return ["--no-build"]
    return [word for name in wanted.preferred if name not in wanted.built for word in ("--only-binary", name)]


def _constraints(wanted: Wanted) -> tuple[str, ...]:
    lines = (re.match(r"setuptools\s*([<>=!~][^;]*)", line) for line in wanted.requirements)
    asked = [SpecifierSet(line.group(1).strip()) for line in lines if line]
    newer = any(not any(one.contains(old) for old in ("40.0", "57.0", "65.0", "80.9")) for one in asked)
    if newer:
        return wanted.constraints
    early = wanted.as_of is not None and wanted.as_of < VENDORED and not asked
    return (*wanted.constraints, UNVENDORED if early else PKG_RESOURCES)


def _dates(wanted: Wanted) -> list[str]:
    """Nothing after the day of the run; nothing after ``as_of`` but what is pinned, and build tools of any date."""
    late = _midnight_after(wanted.until)
    if len(wanted.undated) >= UNDATED:
        return []
    words = ["--exclude-newer", late if wanted.as_of is None else _midnight_after(wanted.as_of)]
    for name in (*wanted.exempt, *BUILD_TOOLS) if wanted.as_of else ():
        words += ["--exclude-newer-package", f"{name}={late}"]
    return [*words, *(word for name in wanted.undated for word in ("--exclude-newer-package", f"{name}=false"))]


def _midnight_after(day: dt.date) -> str:
    return f"{day + dt.timedelta(days=1)}T00:00:00Z"


def _pins(lines: Sequence[str]) -> dict[str, str]:
    matches = (PIN.match(line) for line in lines)
    return {canonicalize_name(match.group(1)): match.group(2) for match in matches if match}


def _conflict(ran: Ran) -> ConflictError:
    """The error for what uv says: the last sentences of its explanation, or the end of a build's log."""
    text = ran.errors.strip()
    if "Failed to build" in text or "build backend" in text:
        failed = re.search(r"Failed to (?:build|download and build|fetch) `([^`]+)`", text)
        what = failed.group(1) if failed else "a package"
        tail = " / ".join(line.strip() for line in text.splitlines()[-8:] if line.strip())
        hint = advice_for(text) or "Require a version that has a wheel for this Python."
        return ConflictError(f"{what} could not be built: {tail}.", detail=text, hint=hint)
    said = re.sub(r"[╰─▶×│├]+", " ", text)
    sentence = " ".join(said.split())
    sentence = re.sub(r"^(error: )?No solution found when resolving dependencies:?( cause:)? ", "", sentence)
    return ConflictError(
        f"the requirements cannot hold together: {sentence}",
        detail=text,
        hint="Change the requirement that is named, then run the same command again.",
    )
