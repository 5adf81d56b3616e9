"""pdm.lock, by a PDM that reads the lock's format."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from platformdirs import user_cache_path

from djup.packages.lockers.pinned_lock import lock_pinned
from djup.packages.lockers.workshop import Workshop
from djup.process import run
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
    env = {
        "PDM_CHECK_UPDATE": "0",
        "PDM_USE_VENV": "0",
        "PDM_PYTHON": str(shop.interpreter.path),
        **_for_older_pythons(shop, python),
    }
    (folder / ".pdm-python").write_text(f"{shop.interpreter.path}\n")

    old = generation in LAST
    wanted = {**_declared(shop, lock), **pins} if old and pins else pins

    def lock_once(which: str) -> None:
        words = (REHASH if pins and which == "true" else RESOLVE) if old else ["lock", "--update-reuse"]
        shop.run([python, "-m", "pdm", *words], env=env, log=f"pdm-lock-{which}-{len(pins)}", cwd=folder)

    lock_pinned(shop, lock.with_name("pyproject.toml"), wanted, lock_once)
    return f"PDM {version}"


def _for_older_pythons(shop: Workshop, python: Path) -> dict[str, str]:
    """Variables that keep what PDM installs for Pythons before 3.10 at versions that run there.

    It asks pip, on its own Python, for dep-logic and what that needs, and so takes a packaging that no older Python
    runs (``BaseEnvironment._ensure_compat_lib`` of pdm 2.29). The packaging that came with this PDM runs on those
    still. The cache is djup's own, since PDM never looks again at what it once put into it.
    """
    ran = run([python, "-c", "import packaging; print(packaging.__version__)"], timeout=60)
    constraints = shop.logs / "pdm-constraints.txt"
    constraints.parent.mkdir(parents=True, exist_ok=True)
    constraints.write_text(f"packaging<={ran.output.strip()}\n" if ran.ok else "")
    return {"PIP_CONSTRAINT": str(constraints), "PDM_CACHE_DIR": str(user_cache_path("djup") / "tools" / "pdm")}


def _declared(shop: Workshop, lock: PurePosixPath) -> dict[str, str]:
    """The locked version of each package that the manifest declares."""
    manifest = lock.with_name("pyproject.toml")
    names = {one.name for one in pyproject.FORMAT.read(shop.text(manifest), manifest).requirements}
    locked = FORMATS[lock.name].read(shop.text(lock), lock).requirements
    return {one.name: str(one.pinned) for one in locked if one.name in names and one.pinned}
