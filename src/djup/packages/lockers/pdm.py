"""pdm.lock, by a PDM that reads the lock's format."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath

from djup.packages.lockers.pinned_lock import lock_pinned
from djup.packages.lockers.workshop import Workshop

NAME = "pdm"

FORMAT = re.compile(r'^lock_version = "(\d+)', re.MULTILINE)
LAST = {"2": "1.15.5", "3": "2.4.9"}
"""The last PDM that writes a generation of the format (https://pdm-project.org/latest/dev/changelog/)."""

REUSE = {"2": ["update", "--no-sync", "--update-reuse"], "3": ["update", "--no-sync", "--update-reuse"]}
"""How a generation is told to keep what is locked; since the fourth, locking itself can."""


def makes(path: PurePosixPath, text: str) -> bool:  # noqa: ARG001  # the name alone tells
    """Whether a lock is one of PDM's."""
    return path.name == "pdm.lock"


def relock(shop: Workshop, lock: PurePosixPath, pins: Mapping[str, str]) -> str:
    """Lock in two rounds."""
    found = FORMAT.search(shop.text(lock))
    generation = found.group(1) if found else ""
    python, version = shop.tool(NAME, LAST.get(generation))
    folder = shop.folder / lock.parent
    env = {"PDM_CHECK_UPDATE": "0", "PDM_USE_VENV": "0", "PDM_PYTHON": str(shop.interpreter.path)}
    (folder / ".pdm-python").write_text(f"{shop.interpreter.path}\n")

    def run(which: str) -> None:
        words = REUSE.get(generation, ["lock", "--update-reuse"])
        shop.run([python, "-m", "pdm", *words], env=env, log=f"pdm-lock-{which}-{len(pins)}", cwd=folder)

    lock_pinned(shop, lock.with_name("pyproject.toml"), pins, run)
    return f"PDM {version}"
