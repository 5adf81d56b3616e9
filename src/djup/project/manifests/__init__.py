"""Files that declare dependencies: each format is a module that reads them and edits them in their own style.

To add a format, write a module with the members of :class:`Manifest`, which follow from the places of its requirements
(:class:`djup.project.manifests.spots.Spotted`), and add it to :data:`FORMATS`.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Protocol

from djup.model import ManifestFile, Requirement
from djup.project.manifests import (
    conda,
    locks,
    nox_deps,
    pipfile,
    pyproject,
    requirements,
    setup_cfg,
    setup_py,
    tox_deps,
)


class Manifest(Protocol):
    """What a format offers; all functions are pure, from text to text."""

    @property
    def NAME(self) -> str:  # noqa: N802  # modules offer it as a constant
        """The name of the format, as in :attr:`djup.model.ManifestFile.format`."""
        ...

    def matches(self, path: PurePosixPath) -> bool:
        """Whether a file is of this format, by its path."""
        ...

    def read(self, text: str, path: PurePosixPath) -> ManifestFile:
        """Return what the file declares, with places."""
        ...

    def restyle(self, requirement: Requirement, version: str) -> str:
        """Return the version part that leads to a version, in the syntax and the manner it is written in."""
        ...

    def set_specifier(self, text: str, requirement: Requirement, specifier: str) -> str:
        """Return the text with the version part of one requirement replaced and nothing else."""
        ...

    def rename(self, text: str, requirement: Requirement, name: str) -> str:
        """Return the text with the name of one requirement replaced and nothing else."""
        ...

    def add(self, text: str, beside: Requirement, name: str, specifier: str) -> str:
        """Return the text with one more requirement after another, laid out as that one is."""
        ...


_ALL: tuple[Manifest, ...] = (
    requirements,
    pyproject.FORMAT,
    setup_cfg.FORMAT,
    setup_py.FORMAT,
    pipfile.FORMAT,
    tox_deps.FORMAT,
    nox_deps.FORMAT,
    conda.FORMAT,
    *locks.LOCKS,
)

FORMATS: dict[str, Manifest] = {form.NAME: form for form in _ALL}
"""Every format djup reads, by name."""


def format_of(path: PurePosixPath) -> Manifest | None:
    """The format of a file by its path, or None if it is no manifest."""
    return next((form for form in FORMATS.values() if form.matches(path)), None)
