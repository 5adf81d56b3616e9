"""Point at ``TIME_ZONE = None``."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.tree import field, text_of


def no_time_zone(patch: Patch) -> None:
    """Point at ``TIME_ZONE = None``."""
    for assignment in (
        patch.module.assignments("TIME_ZONE") if patch.module.path in patch.facts.settings.modules else ()
    ):
        if text_of(field(assignment, "right")) == b"None":
            patch.report(assignment)
