"""Running the uv that came with djup, with the user's own index settings."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import uv

from djup.environments.sources import Sources, own_sources
from djup.errors import EnvironmentFailedError
from djup.process import Ran, contained, environment, run

NO_SPACE = ("No space left on device", "os error 28", "Disk quota exceeded")
NO_NETWORK = ("error sending request", "dns error", "Connection refused", "tcp connect error", "Network is unreachable")


def run_uv(
    words: Sequence[str | Path],
    *,
    sources: Sources | None = None,
    cwd: Path | None = None,
    log: Path | None = None,
    stdin: str | None = None,
) -> Ran:
    """Run a uv command; its processes end with djup. Progress bars and colours are off.

    Packages come from ``sources``, by default those the user has set for all projects.
    """
    given = own_sources() if sources is None else sources
    own = {"UV_NO_PROGRESS": "1", "NO_COLOR": "1", "UV_PYTHON_DOWNLOADS": "manual", **given.variables()}
    dropped = ("UV_INDEX_URL", "UV_EXTRA_INDEX_URL", "UV_DEFAULT_INDEX", "UV_INDEX", "UV_FIND_LINKS")
    alone = ["--no-index"] if given.no_index and words[:1] == ["pip"] else []
    kept = {name: value for name, value in environment().items() if name not in dropped}
    argv = contained([uv.find_uv_bin(), *words, *alone])
    return run(argv, cwd=cwd, env={**kept, **own}, log=log, stdin=stdin)


def explain_failure(ran: Ran, doing: str) -> EnvironmentFailedError | None:
    """Return the error for what stops any uv command whatever it does: a full disk or no network; else None."""
    text = ran.tail(200)
    if any(mark in text for mark in NO_SPACE):
        return EnvironmentFailedError(
            f"the disk is full: {doing} could not write to the cache or the environment.",
            hint="Free some space (`uv cache prune` is safe), then run the same command again; nothing is half-built.",
        )
    if any(mark in text for mark in NO_NETWORK):
        line = next((line.strip() for line in text.splitlines() if any(mark in line for mark in NO_NETWORK)), "")
        return EnvironmentFailedError(
            f"the package index could not be reached while {doing} ({line}).",
            hint="Check the network or the index settings, then run the same command again; it goes on from here.",
        )
    return None
