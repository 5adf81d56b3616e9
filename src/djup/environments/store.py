"""Environments, each keyed by what it holds: built aside, checked, moved into place, used again."""

from __future__ import annotations

import contextlib
import fcntl
import functools
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import platformdirs

from djup.environments.builds import advice_for, mending_constraints
from djup.environments.interpreters import Interpreter
from djup.environments.sources import Sources
from djup.environments.uv import explain_failure, run_uv
from djup.environments.virtualenv import install_old, install_old_project, is_old, make_old_environment
from djup.errors import EnvironmentFailedError
from djup.model import Record, Release
from djup.process import Ran, contained, run

READY = "djup.json"
NO_SETUPTOOLS: Release = (3, 12)
"""From here on a fresh environment of Python itself holds no setuptools (https://docs.python.org/3/whatsnew/3.12.html)."""

SEEDS = ("setuptools<71", "wheel")
"""What environments of older Pythons held; setuptools 71 holds packages whose plugins pytest before 6 would load."""

PACKAGING_FILES = ("pyproject.toml", "setup.py", "setup.cfg")


class Contents(Record):
    """What an environment is to hold.

    Requirement lines that pin everything, and the project itself when it is a distribution.

    ``paths`` are folders put on its path when the project cannot be installed.
    """

    lines: tuple[str, ...]
    project: Path | None = None
    paths: tuple[Path, ...] = ()
    build_constraints: tuple[str, ...] = ()


class Environment(Record):
    """A built environment. ``reused`` says that nothing had to be installed; ``notes`` what a person should know."""

    folder: Path
    python: Path
    key: str
    reused: bool
    notes: tuple[str, ...] = ()


def ensure_environment(
    contents: Contents, interpreter: Interpreter, logs: Path, sources: Sources | None = None
) -> Environment:
    """Return an environment that holds the contents, built only when none is there or the one there is damaged.

    What it lacks comes from ``sources``, by default those the user has set for all projects.

    Raises EnvironmentFailedError with the end of the log, its path and what to do.
    """
    key = key_of(contents, interpreter)
    store = platformdirs.user_cache_path("djup") / "environments"
    folder = store / key
    with _locked(store, key):
        ready = _read_ready(folder)
        if ready is not None and _is_healthy(folder):
            return Environment(folder=folder, python=_python(folder), key=key, reused=True, notes=ready)
        shutil.rmtree(folder, ignore_errors=True)
        aside = store / f"{key}.building"
        shutil.rmtree(aside, ignore_errors=True)
        notes = _build(aside, contents, interpreter, logs, sources)
        (aside / READY).write_text(json.dumps(notes))
        aside.rename(folder)
    return Environment(folder=folder, python=_python(folder), key=key, reused=False, notes=notes)


def key_of(contents: Contents, interpreter: Interpreter) -> str:
    """The key of an environment: a hash of everything that decides what it holds."""
    parts = [interpreter.version, str(interpreter.path), *sorted(contents.lines), "|", *contents.build_constraints]
    if contents.project:
        parts.append(str(contents.project))
        files = [contents.project / name for name in PACKAGING_FILES]
        parts += [hashlib.sha256(file.read_bytes()).hexdigest() for file in files if file.is_file()]
    parts += [*map(str, contents.paths), *_seeds(contents, interpreter)]
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    return f"{interpreter.version}-{digest[:16]}"


@contextlib.contextmanager
def _locked(store: Path, key: str) -> Iterator[None]:
    """Let one djup at a time build an environment; the kernel frees the lock of a killed one."""
    store.mkdir(parents=True, exist_ok=True)
    with (store / f"{key}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _python(folder: Path) -> Path:
    return folder / "bin" / "python"


def _read_ready(folder: Path) -> tuple[str, ...] | None:
    try:
        return tuple(json.loads((folder / READY).read_text()))
    except (OSError, ValueError):
        return None


def _is_healthy(folder: Path) -> bool:
    """Whether the interpreter answers and no installed file list points to a missing first file."""
    if not _python(folder).exists() or not run([_python(folder), "-c", "import sys"], timeout=20).ok:
        return False
    for record in folder.glob("lib/python*/site-packages/*.dist-info/RECORD"):
        first = record.read_text(encoding="utf-8", errors="replace").split(",", 1)[0]
        if first and not first.startswith("..") and not os.path.lexists(record.parent.parent / first):
            return False
    return True


def _build(
    folder: Path, contents: Contents, interpreter: Interpreter, logs: Path, sources: Sources | None
) -> tuple[str, ...]:
    if is_old(interpreter.release):
        make_old_environment(folder, interpreter.path)
        install_old(folder, contents.lines, interpreter.version, logs / "install.log")
        return _install_project(folder, contents, logs / "install-project.log", install_old_project)
    made = run_uv(["venv", "--quiet", "--relocatable", "--no-project", "--python", interpreter.path, folder])
    if not made.ok:
        raise explain_failure(made, "making an environment") or _failed(made, "an empty environment could not be made")
    missing = _install_all(folder, contents, _seeds(contents, interpreter), logs / "install.log", sources)
    install = functools.partial(_install_editable, sources=sources)
    return (*missing, *_install_project(folder, contents, logs / "install-project.log", install))


def _seeds(contents: Contents, interpreter: Interpreter) -> tuple[str, ...]:
    """What an environment of this Python held from the start, unless the project requires a version of its own."""
    names = {line.split("==")[0].strip().lower() for line in contents.lines}
    return tuple(seed for seed in SEEDS if interpreter.release < NO_SETUPTOOLS and seed.split("<")[0] not in names)


def _install_all(
    folder: Path, contents: Contents, seeds: tuple[str, ...], log: Path, sources: Sources | None
) -> tuple[str, ...]:
    """Install with the seeds; without them, which is said, where the sources have none, as a folder of wheels may."""
    lines, constraints = list(contents.lines), contents.build_constraints
    try:
        _install(folder, [*lines, *seeds], constraints, log, sources)
    except EnvironmentFailedError:
        if not seeds:
            raise
        _install(folder, lines, constraints, log, sources)
        return (f"{' and '.join(seeds)} could not be had; what needs them without requiring them fails.",)
    return ()


def _install(folder: Path, lines: list[str], constraints: tuple[str, ...], log: Path, sources: Sources | None) -> None:
    """Install what is pinned, from the cache where it is all there, else from the index."""
    if not lines:
        return
    with tempfile.TemporaryDirectory(prefix="djup-install-") as name:
        listed, bounds = Path(name) / "install.txt", Path(name) / "build-constraints.txt"
        listed.write_text("\n".join(lines) + "\n")
        words: list[str | Path] = ["pip", "install", "--no-deps", "--python", _python(folder), "--requirement", listed]
        if constraints:
            bounds.write_text("\n".join(constraints) + "\n")
            words += ["--build-constraints", bounds]
        if run_uv([*words, "--offline"], sources=sources, log=log).ok:
            return
        ran = run_uv(words, sources=sources, log=log)
    if ran.ok:
        return
    mend = mending_constraints(ran.tail(400))
    if set(mend) - set(constraints):
        _install(folder, lines, tuple(dict.fromkeys((*constraints, *mend))), log, sources)
        return
    raise explain_failure(ran, "installing packages") or _failed(ran, "a package could not be built or installed")


def _install_project(
    folder: Path, contents: Contents, log: Path, install: Callable[[Path, Path, Path], bool]
) -> tuple[str, ...]:
    """Install the project itself, editable; one that cannot be built is put on the path instead, and that is said."""
    if contents.project is not None and install(folder, contents.project, log):
        return ()
    if not contents.paths:
        return ()
    packages = next(folder.glob("lib/python*/site-packages"))
    (packages / "djup-project.pth").write_text("".join(f"{path}\n" for path in contents.paths))
    if contents.project is None or _write_metadata(folder, contents.project, packages):
        return ()
    return (f"The project itself could not be installed (see {log}); its folders were put on the path instead.",)


def _install_editable(folder: Path, project: Path, log: Path, *, sources: Sources | None) -> bool:
    target: list[str | Path] = ["--python", _python(folder), "--editable", project]
    return run_uv(["pip", "install", "--no-deps", *target], sources=sources, log=log).ok


def _write_metadata(folder: Path, project: Path, packages: Path) -> bool:
    """Let an old setup.py write the project's metadata, which its code may ask for, where no editable can be built."""
    if not (project / "setup.py").is_file():
        return False
    words: list[str | Path] = [_python(folder), "setup.py", "--quiet", "egg_info", "--egg-base", packages]
    return run(contained(words), cwd=project, timeout=120).ok


def _failed(ran: Ran, what: str) -> EnvironmentFailedError:
    log = ran.tail(400)
    hint = advice_for(log) or "Read the log; `djup doctor` shows what this machine has."
    return EnvironmentFailedError(
        f"{what}. The log ends:\n{ran.tail(12)}\nThe whole log: {ran.log or 'none'}.", hint=hint
    )
