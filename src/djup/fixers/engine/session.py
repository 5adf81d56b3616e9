"""What one process remembers from file to file: trees parsed lately, and which changes are worth looking for first."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePosixPath

from djup.source.python import Module

KEPT = 8
"""Modules that are remembered: the file at hand, as it was before and after a change."""


class Session:
    """The memory of one process of a rewriting. Nothing in it changes a result, only how long it takes."""

    def __init__(self) -> None:
        self._modules: dict[tuple[PurePosixPath, bytes], Module] = {}
        self._looked: Counter[str] = Counter()
        self._settled: Counter[str] = Counter()

    def parsed(self, body: bytes, path: PurePosixPath) -> Module:
        """A file parsed once for all changes that look at it one after the other."""
        return self._modules.get((path, body)) or self.remember(Module(body, path))

    def remember(self, module: Module) -> Module:
        """Keep a parsed module; the one kept longest goes for it."""
        self._modules[module.path, module.body] = module
        if len(self._modules) > KEPT:
            del self._modules[next(iter(self._modules))]
        return module

    def looked_for(self, change: str, *, found: bool) -> None:
        """Count that a change was looked for in a file, and whether it was there."""
        self._looked[change] += 1
        self._settled[change] += found

    def luck(self, change: str) -> float:
        """How often a change that was looked for so far was there, from 0 to 1; one never looked for counts half."""
        return (self._settled[change] + 1) / (self._looked[change] + 2)
