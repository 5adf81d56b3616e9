"""The logs of an attempt that may be rolled back: those of the last green state wait aside meanwhile."""

from __future__ import annotations

import contextlib
import dataclasses
import shutil
from collections.abc import Iterator
from pathlib import Path

from djup.hops.ledger import Ledger
from djup.hops.steps import STEPS

LOGGED = tuple(step.name for step in STEPS if step.logs)
"""The steps of an attempt that write logs."""


@dataclasses.dataclass
class AttemptLogs:
    """The logs of an attempt; those of one that is not to ``keep`` move to folders of its ``name``."""

    ledger: Ledger
    hop: int
    name: str
    keep: bool = False

    def renamed(self, text: str) -> str:
        """A text of the attempt with the paths its logs have now."""
        for step in LOGGED:
            here, there = (
                self.ledger.log_folder(self.hop, step),
                self.ledger.log_folder(self.hop, f"{self.name}-{step}"),
            )
            text = text.replace(str(here), str(there))
        return text


@contextlib.contextmanager
def logs_apart(ledger: Ledger, hop: int, name: str) -> Iterator[AttemptLogs]:
    """Make room for the logs of an attempt, and put them where they belong when it is over."""
    for step in LOGGED:
        _put_back(ledger, hop, step)
        folder = ledger.log_folder(hop, step)
        if folder.exists():
            folder.rename(_aside(ledger, hop, step))
    attempt = AttemptLogs(ledger=ledger, hop=hop, name=name)
    yield attempt
    for step in LOGGED:
        folder = ledger.log_folder(hop, step)
        if attempt.keep:
            shutil.rmtree(_aside(ledger, hop, step), ignore_errors=True)
            continue
        if folder.exists():
            shutil.rmtree(ledger.log_folder(hop, f"{name}-{step}"), ignore_errors=True)
            folder.rename(ledger.log_folder(hop, f"{name}-{step}"))
        _put_back(ledger, hop, step)


def _aside(ledger: Ledger, hop: int, step: str) -> Path:
    return ledger.log_folder(hop, f"{step}.green")


def _put_back(ledger: Ledger, hop: int, step: str) -> None:
    """Give the logs of the last green state their place again, over those of an attempt that was killed."""
    aside = _aside(ledger, hop, step)
    if aside.exists():
        shutil.rmtree(ledger.log_folder(hop, step), ignore_errors=True)
        aside.rename(ledger.log_folder(hop, step))
