"""What ``djup fix --check`` said of each file, kept between runs: a file that did not change is not looked at again.

A file is known by its size and its time of change; where only the time differs, as after a checkout, by its content.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

import msgspec
import platformdirs

import djup
from djup.model import Record, from_json, to_json
from djup.source.files import write_whole

STILL = 2.0
"""Seconds a file must have lain unchanged to be known by its time: two writes within one tick look alike."""

UNKNOWN = 0
"""The time of a file that is known by its content alone."""

KEPT_DAYS = 30


class Verdict(Record):
    """A file by its size in bytes, its time of change in nanoseconds and its content; whether it would be rewritten.

    ``alone`` tells that nothing of other files counts for it, but for what they gave to look for.
    """

    size: int
    time: int
    digest: str
    changes: bool
    alone: bool = False


class Verdicts(Record):
    """The verdicts of one check: ``about`` is what was asked, of which djup; ``facts`` what all files said together.

    ``told`` is what the facts gave to look for in all files.
    """

    about: str = ""
    facts: str = ""
    told: str = ""
    files: Mapping[str, Verdict] = {}


class Stamp(Record):
    """The size of a file in bytes and its time of change in nanoseconds."""

    size: int
    time: int


def stamp(file: Path) -> Stamp:
    """How a file is known to be unchanged."""
    status = file.stat()
    return Stamp(size=status.st_size, time=status.st_mtime_ns)


def digest_of(data: bytes) -> str:
    """What a file is known by after it was laid down anew."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def still_held(root: Path, verdicts: Verdicts, stamps: Mapping[PurePosixPath, Stamp]) -> dict[str, Verdict]:
    """The verdicts that are about files as they are now, with the present times of these."""
    found = {}
    for path, now in stamps.items():
        one = verdicts.files.get(str(path))
        if one is None or one.size != now.size:
            continue
        if one.time == now.time:
            found[str(path)] = one
        elif digest_of((root / path).read_bytes()) == one.digest:
            found[str(path)] = msgspec.structs.replace(one, time=now.time)
    return found


def load_verdicts(root: Path, about: str) -> Verdicts:
    """The verdicts of the last check of a folder; none where another question was asked, or they cannot be read."""
    try:
        found = from_json(_file(root).read_bytes(), Verdicts)
    except (OSError, msgspec.DecodeError):
        return Verdicts()
    return found if found.about == about else Verdicts()


def save_verdicts(root: Path, verdicts: Verdicts) -> None:
    """Keep the verdicts of a check for the next one; a folder that cannot be written to keeps none."""
    last = time.time_ns() - int(STILL * 1e9)
    still = {
        path: one if one.time < last else msgspec.structs.replace(one, time=UNKNOWN)
        for path, one in verdicts.files.items()
    }
    target = _file(root)
    try:
        write_whole(target, to_json(msgspec.structs.replace(verdicts, files=still)))
        for file in target.parent.iterdir():
            if file.stat().st_mtime < time.time() - KEPT_DAYS * 86400:
                file.unlink(missing_ok=True)
    except OSError:
        return


def question(*parts: object) -> str:
    """What is asked, as a short text that differs with each part and with djup's own code and data."""
    own = Path(djup.__file__).parent
    files = sorted(file for file in own.rglob("*") if file.suffix in {".py", ".toml"})
    held = [(str(file.relative_to(own)), digest_of(file.read_bytes())) for file in files]
    return hashlib.sha256(repr((parts, held)).encode()).hexdigest()


def _file(root: Path) -> Path:
    name = hashlib.sha256(str(root).encode()).hexdigest()[:24]
    return platformdirs.user_cache_path("djup") / "checks" / f"{name}.json"
