"""Progress on stderr: a live view on a terminal, plain lines anywhere else."""

from __future__ import annotations

import sys
import time

from rich.console import Console, Group
from rich.live import Live
from rich.text import Text

from djup.model import Commit, Hop, StepResult, UpgradePath
from djup.report.visible import harmless_in_logs, visible
from djup.reporter import Reporter

SIGNS = {"done": ("✓", "green"), "skipped": ("·", "dim"), "blocked": ("✗", "red")}


def make_reporter(*, quiet: bool = False) -> Reporter:
    """Return the reporter that fits where stderr goes; NO_COLOR and FORCE_COLOR are honoured by rich."""
    if quiet:
        return Reporter()
    console = Console(stderr=True, highlight=False, markup=False, emoji=False)
    return LiveReporter(console) if console.is_terminal and sys.stderr.isatty() else LineReporter(console)


def hop_title(hop: Hop) -> str:
    """One line that names a hop; the baseline is hop 0."""
    if hop.kind == "packages":
        return f"Hop {hop.number}: packages, on {hop.end}"
    return f"Baseline: {hop.start}" if hop.number == 0 else f"Hop {hop.number}: {hop.start} → {hop.end}"


class LineReporter(Reporter):
    """A line for each thing that is over; for logs and pipes."""

    def __init__(self, console: Console) -> None:
        self.console = console

    def hop_started(self, hop: Hop) -> None:
        self._say(Text(hop_title(hop), style="bold"))

    def step_resumed(self, hop: Hop, step: str) -> None:
        self._say(Text(f"  · {step:<10} done by an earlier run", style="dim"))

    def committed(self, commit: Commit) -> None:
        self._say(Text.assemble("    ", (commit.hash[:9], "yellow"), f" {visible(commit.subject)}"))

    def note(self, text: str) -> None:
        self._say(Text(f"    {harmless_in_logs(visible(text))}", style="dim"))

    def step_ended(self, hop: Hop, result: StepResult) -> None:
        sign, style = SIGNS[result.status]
        told = f"{result.step:<10} {result.seconds:6.1f} s  {visible(result.message)}"
        self._say(Text.assemble((f"  {sign} ", style), told))

    def hop_ended(self, hop: Hop, *, green: bool) -> None:
        self._say(Text("  green" if green else "  stopped here", style="bold green" if green else "bold red"))

    def _say(self, text: Text) -> None:
        self.console.print(text, soft_wrap=True)


class LiveReporter(LineReporter):
    """The lines, and below them what is going on now: hop, step, elapsed, tests so far."""

    def __init__(self, console: Console) -> None:
        super().__init__(console)
        self.hops = 0
        self.doing = ""
        self.count = ""
        self.since = time.monotonic()
        self.live = Live(get_renderable=self._now, console=console, refresh_per_second=4, transient=True)

    def planned(self, path: UpgradePath) -> None:
        self.hops = len(path.hops)

    def step_started(self, hop: Hop, step: str) -> None:
        place = "baseline" if hop.number == 0 else f"hop {hop.number} of {self.hops}"
        self.doing, self.count, self.since = f"{place} · {step}", "", time.monotonic()
        if not self.live.is_started:
            self.live.start()

    def progress(self, done: int, total: int | None, what: str) -> None:
        self.count = f"{done}/{total} {visible(what)}" if total else f"{done} {visible(what)}"

    def step_ended(self, hop: Hop, result: StepResult) -> None:
        self.live.stop()
        super().step_ended(hop, result)

    def hop_ended(self, hop: Hop, *, green: bool) -> None:
        self.live.stop()
        super().hop_ended(hop, green=green)

    def _now(self) -> Group:
        seconds = int(time.monotonic() - self.since)
        elapsed = f"{seconds // 60}:{seconds % 60:02}"
        return Group(Text.assemble("  … ", (self.doing, "bold cyan"), f"  {elapsed}  ", self.count))
