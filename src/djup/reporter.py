"""A class of empty methods that tells progress; the terminal and the logs override what they show."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from djup.model import Commit, Hop, StepResult, UpgradePath


class Reporter:
    """Told what happens while it happens; every method may be ignored. Nothing it does can change a run."""

    def planned(self, path: UpgradePath) -> None:
        """Called once the hops are known."""

    def hop_started(self, hop: Hop) -> None:
        """Called when a hop begins or is resumed."""

    def step_started(self, hop: Hop, step: str) -> None:
        """Called when a step begins."""

    def step_resumed(self, hop: Hop, step: str) -> None:
        """Called for a step an earlier run already finished."""

    def progress(self, done: int, total: int | None, what: str) -> None:
        """Called as a step counts something: tests, files, packages. ``total`` is None while unknown."""

    def committed(self, commit: Commit) -> None:
        """Called after each commit on the branch."""

    def note(self, text: str) -> None:
        """Called with a sentence worth reading: a guess made, an attempt that failed, a retry."""

    def step_ended(self, hop: Hop, result: StepResult) -> None:
        """Called when a step is over."""

    def hop_ended(self, hop: Hop, *, green: bool) -> None:
        """Called when a hop is over."""
