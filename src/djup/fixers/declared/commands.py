"""Carry out ``[change.commands]`` that have a new name, in calls of ``call_command()``."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.knowledge.search import command_uses
from djup.source.edits import Edit
from djup.source.strings import literal


def commands(patch: Patch) -> None:
    """Carry out ``[change.commands]`` that have a new name, in calls of ``call_command()``."""
    for old, new in patch.change.commands.items():
        for node, name in command_uses(old, patch.module):
            one = literal(name)
            if new and one is not None and not patch.skips(node):
                patch.edit(Edit(start=one.content_start, end=one.content_end, text=new.encode()))
