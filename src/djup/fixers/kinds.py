"""The kinds of functions that an area of rewritings lists."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath

from djup.facts.project import Facts
from djup.fixers.engine.patch import Patch
from djup.fixers.engine.template_patch import TemplatePatch

Fixer = Callable[[Patch], None]
TemplateFixer = Callable[[TemplatePatch], None]
Condition = Callable[[bytes, PurePosixPath, Facts], bool]
"""Whether a file (its bytes in UTF-8, its path, the project's facts) may be rewritten: True rather than False."""
