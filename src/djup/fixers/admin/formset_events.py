"""Point at scripts that wait by jQuery for a form being added to or taken out of a formset."""

from __future__ import annotations

import re

from djup.fixers.engine.template_patch import TemplatePatch

_FORMSET = re.compile(rb"""\.on\(\s*['"]formset:(?:added|removed)""")


def formset_events(patch: TemplatePatch) -> None:
    """Point at scripts that wait by jQuery for a form being added to or taken out of a formset."""
    for match in _FORMSET.finditer(patch.body):
        patch.report(match.start())
