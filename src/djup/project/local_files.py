"""The configuration files that git ignores: a project does not come up in a copy of its checkout without them."""

from __future__ import annotations

import fnmatch
import shutil
from pathlib import Path

from djup.git import Git

LOCAL_FILES = (
    ".env",
    ".env.*",
    "*.env",
    "local_settings.py",
    "settings_local.py",
    "local.py",
    "secrets.json",
    "secrets.toml",
)
"""Files that git ignores and settings read all the same.

Copied so that the project comes up in the copy as it does at home.
"""

SMALL = 1_000_000
"""Bytes; a larger ignored file is data, not configuration."""


def copy_local_files(top: Path, folder: Path) -> tuple[str, ...]:
    """Copy the small ignored configuration files of a checkout into a copy of it and return their paths."""
    copied = []
    for path in Git(top).lines("ls-files", "--others", "--ignored", "--exclude-standard", "--directory"):
        source = top / path
        if not any(fnmatch.fnmatch(source.name, pattern) for pattern in LOCAL_FILES) or not source.is_file():
            continue
        if source.stat().st_size <= SMALL and not (folder / path).exists():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, folder / path)
            copied.append(path)
    return tuple(copied)
