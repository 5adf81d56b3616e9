"""``djup doctor``: looks at the programs, the Pythons and the folders that djup works with."""

from __future__ import annotations

import platform
import shutil
import sys

import platformdirs

from djup import __version__
from djup.environments.interpreters import interpreters
from djup.environments.uv import run_uv
from djup.knowledge.support import load_support
from djup.model import release_text
from djup.process import contained, isolates_network, run
from djup.report.doctor import DoctorPage, Examined


def examine() -> DoctorPage:
    """Look at this machine; makes the cache folder where it is not there yet."""
    return DoctorPage(
        djup=__version__,
        python=platform.python_version(),
        examined=(*_programs(), *_pythons(), _containment(), _cache()),
    )


def _programs() -> list[Examined]:
    git = run(["git", "--version"]).output.strip() if shutil.which("git") else ""
    uv = run_uv(["--version"]).output.strip()
    return [
        Examined(what="git", found=git or "missing", ok=bool(git), hint="" if git else "apt-get install git"),
        Examined(what="uv", found=uv or "missing", ok=bool(uv), hint="" if uv else "install djup again"),
        Examined(what="djup", found=f"{__version__} on Python {platform.python_version()} ({sys.executable})", ok=True),
    ]


def _pythons() -> list[Examined]:
    """Each interpreter with the Django releases it can run."""
    table = load_support()
    found = []
    for interpreter in interpreters():
        runs = [r for r in table.releases if interpreter.release in table.supported_pythons(table.latest(r))]
        span = f"Django {release_text(runs[0])} to {release_text(runs[-1])}" if runs else "no Django djup knows"
        found.append(
            Examined(
                what=f"Python {release_text(interpreter.release)}",
                found=f"{interpreter.version} ({interpreter.origin}): {span}",
                ok=True,
            )
        )
    return found or [
        Examined(what="Python", found="none", ok=False, hint="uv python install 3.12, or pyenv install 3.12")
    ]


def _containment() -> Examined:
    tool = next((word for word in contained(["true"]) if word in ("bwrap", "unshare")), "")
    if not tool:
        hint = "tests run in a process group only; install bubblewrap so that nothing survives a kill"
        return Examined(what="containment", found="process group", ok=True, hint=hint)
    return Examined(
        what="containment", found=f"{tool}, network {'cut off' if isolates_network() else 'shared'}", ok=True
    )


def _cache() -> Examined:
    folder = platformdirs.user_cache_path("djup")
    folder.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(folder).free / 1e9
    enough = free > 1
    hint = "" if enough else "environments need about 0.2 GB each; free some space"
    return Examined(what="cache", found=f"{folder}, {free:.0f} GB free", ok=enough, hint=hint)
