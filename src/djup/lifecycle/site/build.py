"""Writing the site to a folder: made aside, then moved into place, so that nobody ever sees half of it."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from djup.errors import UsageError
from djup.lifecycle.catalogue import Catalogue
from djup.lifecycle.site.settings import Settings
from djup.lifecycle.site.tree import site_files

MARK = ".djup-lifecycle"
"""The file that tells a folder of ours, which may be replaced, from any other."""


def build_site(catalogue: Catalogue, settings: Settings, out: Path) -> int:
    """Write the site and return the number of its files; raises UsageError where ``out`` holds anything else."""
    _refuse_foreign(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        count = _write(catalogue, settings, aside)
        aside.chmod(0o755)
        _replace(out, aside)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise
    return count


def _refuse_foreign(out: Path) -> None:
    if out.is_dir() and any(out.iterdir()) and not (out / MARK).is_file():
        raise UsageError("this folder holds something else than a built site.", path=out, hint="Name an empty folder.")
    if out.exists() and not out.is_dir():
        raise UsageError("this is a file.", path=out, hint="Name a folder.")


def _write(catalogue: Catalogue, settings: Settings, folder: Path) -> int:
    made: set[str] = set()
    root = str(folder)
    count = 0
    for path, content in site_files(catalogue, settings):
        place = path.rpartition("/")[0]
        if place not in made:
            (folder / place).mkdir(parents=True, exist_ok=True)
            made.add(place)
        with open(f"{root}/{path}", "wb", buffering=0) as file:  # noqa: PTH123  # 20,000 files; Path doubles the time
            file.write(content)
        count += 1
    (folder / MARK).write_text("Made by djup lifecycle build; replaced as a whole by the next build.\n")
    return count


def _replace(out: Path, aside: Path) -> None:
    """Put the new folder in the place of the old one; between the two renames ``out`` is missing for an instant."""
    old = out.with_name(f"{aside.name}.old")
    if out.exists():
        out.rename(old)
    aside.rename(out)
    shutil.rmtree(old, ignore_errors=True)
