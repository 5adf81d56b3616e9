"""Running the uv that came with djup, with the user's own index settings."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

import uv

from djup.environments.sources import PYPI, Sources, own_sources
from djup.errors import EnvironmentFailedError
from djup.process import Ran, contained, environment, run

OVERRIDDEN = ("UV_INDEX_URL", "UV_EXTRA_INDEX_URL", "UV_DEFAULT_INDEX", "UV_INDEX", "UV_FIND_LINKS", "UV_OFFLINE")
"""The user's variables that are read into sources, so that they do not speak twice."""

FRESH = '{ api = "max-age=3600", files = "max-age=365000000, immutable" }'

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
    kept = {name: value for name, value in environment().items() if name not in OVERRIDDEN}
    with tempfile.NamedTemporaryFile("w", prefix="djup-uv-", suffix=".toml") as file:
        file.write(configuration(given))
        file.flush()
        own = {"UV_NO_PROGRESS": "1", "NO_COLOR": "1", "UV_PYTHON_DOWNLOADS": "manual", "UV_CONFIG_FILE": file.name}
        argv = contained([uv.find_uv_bin(), *words])
        return run(argv, cwd=cwd, env={**kept, **own}, log=log, stdin=stdin)


def configuration(sources: Sources) -> str:
    """The sources as a file that only the user may read: arguments would show credentials to the whole machine.

    An index's answers count as fresh for an hour, so that a run sees one state of it and asks once; its files never
    change (https://docs.astral.sh/uv/concepts/indexes/#customizing-cache-control-headers).
    """
    lines = [f"no-index = {str(sources.no_index).lower()}", f"offline = {str(sources.offline).lower()}"]
    if sources.find_links:
        lines.append(f"find-links = {json.dumps(sources.find_links)}")
    for url in sources.urls:
        default = "true" if url == (sources.index or PYPI) else "false"
        lines += ["[[index]]", f"url = {json.dumps(url)}", f"default = {default}", f"cache-control = {FRESH}"]
    return "\n".join(lines) + "\n"


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
