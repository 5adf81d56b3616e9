"""Take the decorator off: on Python 3 it returns the class as it is (django.utils.encoding in 2.2)."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.decorators import drop_decorator


def python_2_unicode_compatible(patch: Patch) -> None:
    """Take the decorator off: on Python 3 it returns the class as it is (django.utils.encoding in 2.2)."""
    for dotted in patch.change.seen.names:
        for node in patch.module.uses(dotted):
            if not patch.skips(node):
                drop_decorator(patch, node)
