"""Running the uv that came with djup, with the user's own index settings."""

from __future__ import annotations

import configparser
import functools
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import uv

from djup.errors import EnvironmentFailedError
from djup.process import Ran, contained, environment, run

PIP_FILES = ("/etc/pip.conf", "~/.pip/pip.conf", "~/.config/pip/pip.conf")

NO_SPACE = ("No space left on device", "os error 28", "Disk quota exceeded")
NO_NETWORK = ("error sending request", "dns error", "Connection refused", "tcp connect error", "Network is unreachable")


def run_uv(
    words: Sequence[str | Path], *, cwd: Path | None = None, log: Path | None = None, stdin: str | None = None
) -> Ran:
    """Run a uv command; its processes end with djup. Progress bars and colours are off."""
    own = {"UV_NO_PROGRESS": "1", "NO_COLOR": "1", "UV_PYTHON_DOWNLOADS": "manual", **pip_settings()}
    return run(contained([uv.find_uv_bin(), *words]), cwd=cwd, env=environment(own), log=log, stdin=stdin)


@functools.cache
def pip_settings() -> Mapping[str, str]:
    """The index settings of pip's configuration as uv's variables, where the user set none for uv itself.

    uv does not read pip's files; people with a private index keep it there.
    """
    if any(name.startswith("UV_") and "INDEX" in name for name in os.environ):
        return {}
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    for name in (*PIP_FILES, os.environ.get("PIP_CONFIG_FILE", "")):
        if name and Path(name).expanduser().is_file():
            parser.read(Path(name).expanduser())
    settings = {}
    for option, variable in (
        ("index-url", "UV_DEFAULT_INDEX"),
        ("extra-index-url", "UV_INDEX"),
        ("find-links", "UV_FIND_LINKS"),
    ):
        value = (
            os.environ.get("PIP_" + option.upper().replace("-", "_")) or parser.get("global", option, fallback="") or ""
        )
        # A file: index answers only for what lies on this disk and has no upload dates, which a date cut needs.
        kept = [word for word in value.split() if not word.startswith(("file:", "/"))]
        if kept:
            settings[variable] = " ".join(kept)
    return settings


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
