"""The lines that a hop changed, by git's own account."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from djup.hops.context import RunContext
from djup.model import Hop

FILE = re.compile(r'^\+\+\+ (?:"?b/)(.+?)"?$')
SPAN = re.compile(r"^@@ -\S+ \+(\d+)(?:,(\d+))? @@")


def began_at(context: RunContext, hop: Hop) -> str:
    """The commit a hop began at: the last one before any of its steps."""
    before = [step.head for step in context.ledger.steps() if step.hop < hop.number]
    return before[-1] if before else context.run.base


def changed_lines(context: RunContext, hop: Hop) -> dict[str, tuple[int, ...]]:
    """The lines of each file (relative to the project) that differ from where the hop began, as they are now."""
    text = context.git.ask(
        "diff", "--unified=0", "--no-color", "--no-ext-diff", "--no-renames", began_at(context, hop), "HEAD"
    )
    return lines_of_diff(text, str(context.run.inside))


def lines_of_diff(text: str, inside: str = ".") -> dict[str, tuple[int, ...]]:
    """The new lines of each file in a diff without context; files outside the folder are left out."""
    found: dict[str, list[int]] = {}
    path = ""
    for line in text.splitlines():
        if named := FILE.match(line):
            whole = PurePosixPath(named.group(1))
            path = str(whole.relative_to(inside)) if whole.is_relative_to(inside) or inside == "." else ""
        elif line.startswith("+++ "):
            path = ""
        elif path and (span := SPAN.match(line)):
            start, many = int(span.group(1)), int(span.group(2) or 1)
            found.setdefault(path, []).extend(range(start, start + many))
    return {path: tuple(lines) for path, lines in found.items() if lines}


def changed_sources(context: RunContext, hop: Hop) -> tuple[str, ...]:
    """The Python files a hop changed."""
    return tuple(path for path in changed_lines(context, hop) if path.endswith(".py"))
