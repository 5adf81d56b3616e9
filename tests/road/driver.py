"""Runs an upgrade and kills itself at a named moment: ``driver.py ROOT TO MOMENT`` (MOMENT "" lets it end)."""

from __future__ import annotations

import datetime as dt
import os
import signal
import sys
import threading
from pathlib import Path

from djup.config import load_config
from djup.model import Commit, Hop, StepResult
from djup.reporter import Reporter
from djup.tasks.runs import UpgradeRequest
from djup.tasks.upgrade import agree, upgrade


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class Killer(Reporter):
    """Ends the process, as a power cut would, when the moment comes."""

    def __init__(self, moment: str) -> None:
        self.moment = moment
        self.step = ""

    def _at(self, moment: str) -> None:
        if moment == self.moment:
            die()

    def step_started(self, hop: Hop, step: str) -> None:
        self.step = f"{hop.number}-{step}"
        self._at(f"before {self.step}")
        if self.moment.startswith(f"within {self.step} "):
            threading.Timer(float(self.moment.rpartition(" ")[2]), die).start()

    def committed(self, commit: Commit) -> None:
        self._at(f"commit in {self.step}")

    def step_ended(self, hop: Hop, result: StepResult) -> None:
        self._at(f"after {hop.number}-{result.step}")
        if self.moment.startswith(f"within {hop.number}-{result.step} "):
            die()  # the step was over before its timer

    def hop_ended(self, hop: Hop, *, green: bool) -> None:
        self._at(f"end of {hop.number}")


if __name__ == "__main__":
    root, to, moment = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    config = load_config(root, {"to": to}, {})
    now = dt.datetime.now(dt.UTC)
    report = upgrade(UpgradeRequest(root=root, config=config, now=now), Killer(moment), agree)
    sys.stdout.write(report.verdict)
