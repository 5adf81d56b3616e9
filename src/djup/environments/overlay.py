"""coverage.py in a folder of its own for each Python, so that nothing is installed into the project's environment."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import platformdirs

from djup.environments.uv import run_uv
from djup.environments.virtualenv import is_old
from djup.model import Record
from djup.process import run


class Overlay(Record):
    """A folder to put on sys.path, or the reason why there is none."""

    folder: Path | None
    reason: str = ""


def coverage_overlay(python: Path) -> Overlay:
    """The newest coverage.py that runs on an interpreter: the folder that holds it, made the first time."""
    asked = run([python, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"], timeout=20)
    found = re.fullmatch(r"(\d+)\.(\d+)", asked.output.strip())
    if not found:
        return Overlay(folder=None, reason=f"{python} does not tell its version")
    release = (int(found.group(1)), int(found.group(2)))
    text = f"{release[0]}.{release[1]}"
    folder = platformdirs.user_cache_path("djup") / "tools" / f"coverage-{text}"
    if (folder / "coverage").is_dir():
        return Overlay(folder=folder)
    aside = folder.with_name(f"{folder.name}.building")
    shutil.rmtree(aside, ignore_errors=True)
    which = ["--python-version", text, "--python-platform", "linux"] if is_old(release) else ["--python", python]
    ran = run_uv(["pip", "install", "--target", aside, "--no-deps", "--only-binary", ":all:", *which, "coverage"])
    if not ran.ok:
        shutil.rmtree(aside, ignore_errors=True)
        return Overlay(folder=None, reason=f"coverage.py could not be had for Python {text}: {ran.tail(1)}")
    if not folder.exists():
        aside.rename(folder)
    return Overlay(folder=folder)
