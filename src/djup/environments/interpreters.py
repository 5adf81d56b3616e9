"""Finding the Python interpreters of a machine: pyenv, uv, mise, asdf, PATH; each is run once to see that it works."""

from __future__ import annotations

import functools
import json
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec
import platformdirs

from djup.environments.uv import run_uv
from djup.errors import EnvironmentFailedError
from djup.model import Record, Release, from_json, release_text, to_json
from djup.process import run

QUESTION = (
    "import json, platform, sys\n"
    "missing = []\n"
    "for name in ('ssl', 'sqlite3', 'zlib'):\n"
    "    try:\n        __import__(name)\n"
    "    except ImportError:\n        missing.append(name)\n"
    "print(json.dumps({'version': platform.python_version(), 'missing': missing,\n"
    "                  'implementation': platform.python_implementation(), 'path': sys.executable}))\n"
)
PATIENCE = 20.0
"""Seconds an interpreter may take to answer."""

NAME = re.compile(r"^python[23]\.\d{1,2}$|^python3?$")


class Interpreter(Record):
    """A Python that answers. ``origin`` tells where it was found.

    ``missing`` are standard modules it was built without.
    """

    path: Path
    version: str
    release: Release
    origin: str
    missing: tuple[str, ...] = ()


def candidates(environ: Mapping[str, str], home: Path) -> Iterator[tuple[str, Path]]:
    """The places interpreters may lie in, best first: those of version managers before those of the system."""
    pyenv = Path(environ.get("PYENV_ROOT") or home / ".pyenv")
    data = Path(environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    folders = [
        ("pyenv", pyenv / "versions"),
        ("uv", Path(environ.get("UV_PYTHON_INSTALL_DIR") or data / "uv" / "python")),
        ("mise", Path(environ.get("MISE_DATA_DIR") or data / "mise") / "installs" / "python"),
        ("asdf", Path(environ.get("ASDF_DATA_DIR") or home / ".asdf") / "installs" / "python"),
    ]
    for origin, folder in folders:
        if folder.is_dir():
            for version in sorted(folder.iterdir(), reverse=True):
                yield origin, version / "bin" / "python"
    for entry in dict.fromkeys(environ.get("PATH", "").split(os.pathsep)):
        directory = Path(entry or ".")
        if "shims" in directory.parts or not directory.is_dir():
            continue
        for program in sorted(directory.iterdir(), reverse=True):
            if NAME.match(program.name):
                yield "PATH", program


def find_interpreters(environ: Mapping[str, str] | None = None, home: Path | None = None) -> tuple[Interpreter, ...]:
    """Return one working CPython per release, the newest patch of each, oldest release first.

    What each answered is remembered by path and time of change, so that a second call starts none of them.
    """
    memory = _Memory()
    found: dict[Release, Interpreter] = {}
    for origin, path in candidates(environ or os.environ, home or Path.home()):
        interpreter = memory.ask(origin, path)
        if interpreter is None or "ssl" in interpreter.missing:
            continue
        known = found.get(interpreter.release)
        if known is None or (known.origin == interpreter.origin and _patch(known) < _patch(interpreter)):
            found[interpreter.release] = interpreter
    memory.write()
    return tuple(found[release] for release in sorted(found))


def need_interpreter(release: Release, found: tuple[Interpreter, ...]) -> Interpreter:
    """Return the interpreter of a release: one that is there, else one that uv fetches.

    Raises EnvironmentFailedError telling how to get one.
    """
    for interpreter in found:
        if interpreter.release == release:
            return interpreter
    text = release_text(release)
    ran = run_uv(["python", "install", text])
    if ran.ok:
        for interpreter in find_interpreters():
            if interpreter.release == release:
                return interpreter
    raise EnvironmentFailedError(
        f"Python {text} is not on this machine, and uv could not fetch it ({ran.tail(1) or 'no answer'}).",
        hint=f"Install it, for example with `pyenv install {text}`, then run the same command again.",
    )


def _patch(interpreter: Interpreter) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", interpreter.version)[:3])


class _Memory:
    """What interpreters answered, kept in the user's cache."""

    def __init__(self) -> None:
        self.file = platformdirs.user_cache_path("djup") / "interpreters.json"
        self.known: dict[str, Interpreter | None] = self._read()
        self.changed = False

    def _read(self) -> dict[str, Interpreter | None]:
        try:
            return from_json(self.file.read_bytes(), dict[str, Interpreter | None])
        except (OSError, msgspec.DecodeError):
            return {}

    def ask(self, origin: str, path: Path) -> Interpreter | None:
        """The interpreter at a path, or None for what is no working CPython."""
        try:
            real = path.resolve(strict=True)
            key = f"{path}:{real.stat().st_mtime_ns}"
        except OSError:
            return None
        if key not in self.known:
            self.known[key] = _question(origin, path)
            self.changed = True
        return self.known[key]

    def write(self) -> None:
        """Keep what was learnt; a cache that cannot be written costs time and nothing else."""
        if not self.changed:
            return
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            aside = self.file.with_suffix(f".{os.getpid()}")
            aside.write_bytes(to_json(self.known))
            aside.replace(self.file)
        except OSError:
            return


def _question(origin: str, path: Path) -> Interpreter | None:
    ran = run([path, "-I" if path.name != "python2.7" else "-E", "-c", QUESTION], timeout=PATIENCE)
    if not ran.ok:
        ran = run([path, "-E", "-c", QUESTION], timeout=PATIENCE)
    try:
        answer = json.loads(ran.output)
    except ValueError:
        return None
    if answer["implementation"] != "CPython":
        return None
    major, minor = answer["version"].split(".")[:2]
    return Interpreter(
        path=path,
        version=answer["version"],
        release=(int(major), int(minor)),
        origin=origin,
        missing=tuple(answer["missing"]),
    )


@functools.cache
def interpreters() -> tuple[Interpreter, ...]:
    """What :func:`find_interpreters` finds in this process's own environment, looked for once."""
    return find_interpreters()
