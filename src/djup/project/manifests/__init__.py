"""Files that declare dependencies: each format is a module that reads them and edits them in their own style.

To add a format, write a module with the members of :class:`Manifest` and add it to :data:`FORMATS`.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Protocol

from djup.model import ManifestFile, Requirement
from djup.project.manifests import pyproject, requirements, setup_cfg, setup_py


class Manifest(Protocol):
    """What a format module offers; all functions are pure, from text to text."""

    NAME: str

    def matches(self, path: PurePosixPath) -> bool:
        """Whether a file is of this format, by its path."""
        ...

    def read(self, text: str, path: PurePosixPath) -> ManifestFile:
        """Return what the file declares, with places."""
        ...

    def set_specifier(self, text: str, requirement: Requirement, specifier: str) -> str:
        """Return the text with the version part of one requirement replaced and nothing else."""
        ...

    def rename(self, text: str, requirement: Requirement, name: str) -> str:
        """Return the text with the name of one requirement replaced and nothing else."""
        ...


FORMATS: dict[str, Manifest] = {module.NAME: module for module in (requirements, pyproject, setup_cfg, setup_py)}
"""Every format djup reads, by name."""


def format_of(path: PurePosixPath) -> Manifest | None:
    """The format of a file by its path, or None if it is no manifest."""
    return next((module for module in FORMATS.values() if module.matches(path)), None)
