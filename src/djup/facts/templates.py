"""What code says of templates."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from djup.model import Record

_BUILTINS = re.compile(rb"""\badd_to_builtins\(\s*u?['"]([\w.]+)['"]\s*\)""")


class TemplateFacts(Record):
    """The templates of a project: ``builtins`` are the libraries that code adds to those that need no load."""

    builtins: tuple[str, ...] = ()


class TemplateReader:
    """Reads the libraries that modules add."""

    def __init__(self) -> None:
        self._builtins: set[str] = set()

    def read(self, path: PurePosixPath, body: bytes) -> None:
        """Look at a module."""
        if path.suffix == ".py" and b"add_to_builtins" in body:
            self._builtins |= {match[1].decode() for match in _BUILTINS.finditer(body)}

    def result(self) -> TemplateFacts:
        """The libraries, in the order of their names."""
        return TemplateFacts(builtins=tuple(sorted(self._builtins)))
