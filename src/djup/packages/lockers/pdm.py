"""pdm.lock, by a PDM that reads the lock's format."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath

from djup.packages.lockers.pinned_lock import lock_pinned
from djup.packages.lockers.workshop import Workshop
from djup.project.manifests import FORMATS, pyproject

NAME = "pdm"

FORMAT = re.compile(r'^lock_version = "(\d+)', re.MULTILINE)
LAST = {"2": "1.15.5", "3": "1.15.5"}
"""The last PDM that writes the third generation of the format: its LOCKFILE_VERSION is 3.1, that of 2.0 is 4.0."""

RESOLVE = ["update", "--no-sync", "--update-reuse"]
REHASH = ["lock", "--refresh"]
"""Before the fourth generation, to resolve moves every package that is declared; to rehash moves none."""


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

    old = generation in LAST
    wanted = {**_declared(shop, lock), **pins} if old and pins else pins

    def run(which: str) -> None:
        words = (REHASH if pins and which == "true" else RESOLVE) if old else ["lock", "--update-reuse"]
        shop.run([python, "-m", "pdm", *words], env=env, log=f"pdm-lock-{which}-{len(pins)}", cwd=folder)

    lock_pinned(shop, lock.with_name("pyproject.toml"), wanted, run)
    return f"PDM {version}"


def _declared(shop: Workshop, lock: PurePosixPath) -> dict[str, str]:
    """The locked version of each package that the manifest declares."""
    manifest = lock.with_name("pyproject.toml")
    names = {one.name for one in pyproject.FORMAT.read(shop.text(manifest), manifest).requirements}
    locked = FORMATS[lock.name].read(shop.text(lock), lock).requirements
    return {one.name: str(one.pinned) for one in locked if one.name in names and one.pinned}
