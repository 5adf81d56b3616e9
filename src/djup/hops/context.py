"""What every step of a run is given: the run, its ledger, the worktree, and whom to tell."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

from djup.git import Git
from djup.hops.ledger import Ledger, Run
from djup.model import Commit, Hop, Record
from djup.reporter import Reporter


@dataclasses.dataclass(frozen=True)
class RunContext:
    """A run at work. ``root`` is the project inside the worktree; ``today`` is the day the run began, in UTC."""

    run: Run
    ledger: Ledger
    git: Git
    root: Path
    reporter: Reporter

    @property
    def today(self) -> dt.date:
        """The day the run began: what "now" means to every step, so that a resumed run decides as the first did."""
        return self.run.started.date()

    @property
    def stops(self) -> tuple[Hop, ...]:
        """The baseline, which is hop 0, and all hops of the run."""
        path = self.run.path
        why = "what later hops are compared with"
        return (Hop(number=0, kind="patch", start=path.start, end=path.start, why=why), *path.hops)

    def commit(
        self, hop: Hop, step: str, paths: list[str], message: str, *, change: str = "", edits: int = 0
    ) -> Commit | None:
        """Commit paths (relative to the worktree) with djup's trailers; None when they hold nothing new.

        The date derives from the run's start and the number of commits since its base, so a step done again after a
        kill
        gives the same hash.
        """
        trailers = [f"Djup-Hop: {hop.number} {hop.start.django} -> {hop.end.django}", f"Djup-Step: {step}"]
        if change:
            trailers.append(f"Djup-Change: {change}")
        order = int(self.git.ask("rev-list", "--count", f"{self.run.base}..HEAD"))
        when = self.run.started + dt.timedelta(seconds=order + 1)
        made = self.git.commit(paths, message.rstrip() + "\n\n" + "\n".join(trailers) + "\n", when)
        if made is None:
            return None
        commit = Commit(hash=made, subject=message.splitlines()[0], change=change, edits=edits)
        self.reporter.committed(commit)
        return commit

    def in_worktree(self, path: object) -> str:
        """The path, relative to the worktree's top, of a path relative to the project."""
        return str(self.run.inside / str(path))


class StepOutcome(Record):
    """What a step function returns. ``waited`` are the seconds the project's own programs took."""

    message: str = ""
    commits: tuple[Commit, ...] = ()
    waited: float = 0.0
    skipped: bool = False
