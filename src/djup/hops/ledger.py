"""What a run remembers in ``.git/djup``: its plan, the steps that are over, their evidence and logs.

Every write is whole.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import shutil
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Any, Generic, Literal, TypeVar

import msgspec

from djup.config import Config
from djup.errors import DjupError
from djup.model import HopResult, Record, StepResult, UpgradePath, from_json, to_json
from djup.source.files import write_whole

T = TypeVar("T")

State = Literal["running", "blocked", "green", "baseline-red", "environment-failed"]


class Run(Record):
    """One upgrade: what was asked, where it began, and how far it is.

    ``base`` is the commit it began at; ``scratch`` names the variables that stand for a folder that was empty then.
    """

    branch: str
    base: str
    top: Path
    inside: PurePosixPath
    started: dt.datetime
    config: Config
    path: UpgradePath
    state: State = "running"
    reason: str = ""
    hint: str = ""
    seconds: float = 0.0
    notes: tuple[str, ...] = ()
    scratch: tuple[str, ...] = ()
    schema: int = 1


@dataclasses.dataclass(frozen=True)
class Evidence(Generic[T]):
    """A kind of evidence: the name it has on disk, and the type it is read back as.

    ``of_stop`` tells that it describes the stop a hop ends at, rather than what the hop did.
    """

    name: str
    kind: type[T]
    of_stop: bool = False


class Ledger:
    """The folder of one run."""

    def __init__(self, common_dir: Path, branch: str) -> None:
        self.folder = common_dir / "djup" / "runs" / branch.replace("/", "-")
        self.logs = self.folder / "logs"

    @property
    def exists(self) -> bool:
        """Whether a run of this branch is on record."""
        return (self.folder / "run.json").exists()

    def read_run(self) -> Run:
        """Return the run on record; raises DjupError naming the file and the key when it cannot be read."""
        return self._read("run.json", Run)

    def write_run(self, run: Run) -> None:
        """Record the run, where only the user may read: it holds the variables the project was given."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._write("run.json", run)

    def step(self, hop: int, step: str) -> StepResult | None:
        """The result of a step that is over, else None."""
        name = _step_file(hop, step)
        return self._read(name, StepResult) if (self.folder / name).exists() else None

    def steps(self) -> tuple[StepResult, ...]:
        """All steps that are over, in the order they ended."""
        files = (self.folder / "steps").glob("[0-9]*.json")
        results = [self._read(f"steps/{file.name}", StepResult) for file in files]
        return tuple(sorted(results, key=lambda result: result.order))

    def end_step(self, result: StepResult) -> StepResult:
        """Record that a step is over, and return it with its place in the order of all."""
        order = max((step.order for step in self.steps()), default=0) + 1
        ordered = msgspec.structs.replace(result, order=order)
        self._write(_step_file(result.hop, result.step), ordered)
        return ordered

    def drop(self) -> None:
        """Forget the run altogether."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def forget_steps(self, hop: int, steps: tuple[str, ...]) -> None:
        """Set aside what these steps gave, so that they run again; the report still counts it."""
        for step in steps:
            file = self.folder / _step_file(hop, step)
            if file.exists():
                earlier = len(list(file.parent.glob(f"{file.stem}.*.json")))
                file.replace(file.with_name(f"{file.stem}.{earlier + 1}.json"))

    def end_hop(self, result: HopResult) -> None:
        """Record how a hop went."""
        self._write(f"hops/{result.hop.number:02}.json", result)

    def hops(self) -> tuple[HopResult, ...]:
        """The hops on record, in order."""
        files = sorted((self.folder / "hops").glob("[0-9]*.json"))
        return tuple(self._read(f"hops/{file.name}", HopResult) for file in files)

    def keep(self, hop: int, key: Evidence[T], value: T) -> None:
        """Keep what a step measured."""
        self._write(_evidence_file(hop, key), value)

    def kept(self, hop: int, key: Evidence[T]) -> T | None:
        """Return what a step measured, or None if it kept nothing under that key."""
        file = _evidence_file(hop, key)
        return self._read(file, key.kind) if (self.folder / file).exists() else None

    def hand_on(self, source: int, target: int, keys: Iterable[Evidence[Any]]) -> None:
        """Give a hop what another one measured as its own evidence."""
        for key in keys:
            file = self.folder / _evidence_file(source, key)
            if file.exists():
                write_whole(self.folder / _evidence_file(target, key), file.read_bytes())

    def put_by(self, hop: int, keys: Iterable[Evidence[Any]], label: str) -> None:
        """Keep a second copy of what was measured, under a label, to come back to."""
        for key in keys:
            self._copy(_evidence_file(hop, key), _evidence_file(hop, key, label))

    def bring_back(self, hop: int, keys: Iterable[Evidence[Any]], label: str) -> None:
        """Make what was put by under a label the evidence again; what has no copy under it is gone."""
        for key in keys:
            self._copy(_evidence_file(hop, key, label), _evidence_file(hop, key))

    def _copy(self, source: str, target: str) -> None:
        if (self.folder / source).exists():
            write_whole(self.folder / target, (self.folder / source).read_bytes())
        else:
            (self.folder / target).unlink(missing_ok=True)

    def log_folder(self, hop: int, step: str) -> Path:
        """The folder for the logs of a step."""
        return self.logs / f"{hop:02}-{step}"

    def _write(self, name: str, record: object) -> None:
        write_whole(self.folder / name, to_json(record))

    def _read(self, name: str, kind: type[T]) -> T:
        file = self.folder / name
        try:
            return from_json(file.read_bytes(), kind)
        except (OSError, msgspec.DecodeError) as error:
            raise DjupError(
                f"djup's own record cannot be read: {error}.",
                path=file,
                hint="It was written by another version of djup; drop the run with `djup upgrade --abort`.",
            ) from error


def _step_file(hop: int, step: str) -> str:
    return f"steps/{hop:02}-{step}.json"


def _evidence_file(hop: int, key: Evidence[Any], label: str = "") -> str:
    return f"evidence/{hop:02}-{key.name}{label and f'.{label}'}.json"


def latest_branch(common_dir: Path) -> str | None:
    """The branch of the run that was written last, or None when there is none."""
    runs = sorted((common_dir / "djup" / "runs").glob("*/run.json"), key=lambda file: file.stat().st_mtime)
    return from_json(runs[-1].read_bytes(), Run).branch if runs else None
