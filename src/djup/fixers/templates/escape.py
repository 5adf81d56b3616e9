"""Point at ``|escape`` where other filters come after it."""

from __future__ import annotations

import itertools

from djup.fixers.engine.template_patch import TemplatePatch
from djup.source.templates import filters


def escape_in_between(patch: TemplatePatch) -> None:
    """Point at ``|escape`` where other filters come after it."""
    for token in patch.tokens:
        chain = filters(patch.body, token)
        for one, after in itertools.pairwise(chain):
            if one.name == "escape" and one.end == after.start:
                patch.report(one.start)
