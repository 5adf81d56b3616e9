"""Strings that name something which has another name now: whole literals in source, quoted words in template tags."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.fixers.engine.template_patch import TemplatePatch
from djup.knowledge.search import quoted
from djup.source.edits import Edit
from djup.source.strings import literal


def strings(patch: Patch) -> None:
    """Carry out ``[change.strings]`` in Python source."""
    for old, new in patch.change.strings.items():
        for node in patch.module.strings(old):
            one = literal(node)
            if one is not None and not patch.skips(node):
                patch.edit(Edit(start=one.content_start, end=one.content_end, text=new.encode()))


def template_strings(patch: TemplatePatch) -> None:
    """Carry out ``[change.strings]`` in the tags of a template."""
    table = patch.change.strings
    for token in patch.tokens if table else ():
        for bit in token.bits:
            new = table.get(quoted(bit) or "")
            if new:
                patch.replace(bit.start + 1, bit.end - 1, new.encode())
