"""What ``djup fix --check`` said of each file, kept between runs: a file that did not change is not read again."""

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

KEPT_DAYS = 30


class Verdict(Record):
    """A file by its size in bytes and its time of change in nanoseconds, and whether it would be rewritten.

    ``alone`` tells that nothing of other files counts for it.
    """

    size: int
    time: int
    changes: bool
    alone: bool = False


class Verdicts(Record):
    """The verdicts of one check: ``about`` is what was asked, of which djup; ``facts`` what all files said together."""

    about: str = ""
    facts: str = ""
    files: Mapping[str, Verdict] = {}


class Stamp(Record):
    """The size of a file in bytes and its time of change in nanoseconds."""

    size: int
    time: int

    def fits(self, verdict: Verdict | None) -> bool:
        """Whether a verdict is about the file as it is now."""
        return verdict is not None and (verdict.size, verdict.time) == (self.size, self.time)


def stamp(file: Path) -> Stamp:
    """How a file is known to be unchanged."""
    status = file.stat()
    return Stamp(size=status.st_size, time=status.st_mtime_ns)


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
    still = {path: one for path, one in verdicts.files.items() if one.time < last}
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
    files = sorted((str(file), *_identity(file)) for file in own.rglob("*") if file.suffix in {".py", ".toml"})
    return hashlib.sha256(repr((parts, files)).encode()).hexdigest()


def unchanged(verdicts: Verdicts, stamps: Mapping[PurePosixPath, Stamp]) -> bool:
    """Whether the files are those of the last check, none of them changed."""
    if len(verdicts.files) != len(stamps):
        return False
    return all(one.fits(verdicts.files.get(str(path))) for path, one in stamps.items())


def _identity(file: Path) -> tuple[int, int]:
    status = file.stat()
    return status.st_size, status.st_mtime_ns


def _file(root: Path) -> Path:
    name = hashlib.sha256(str(root).encode()).hexdigest()[:24]
    return platformdirs.user_cache_path("djup") / "checks" / f"{name}.json"
