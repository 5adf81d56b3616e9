"""Methods and attributes that were renamed, known by their name on any object or by the classes that override them."""

from __future__ import annotations

from djup.fixers.patch import Patch
from djup.knowledge.search import method_uses


def methods(patch: Patch) -> None:
    """Carry out ``[[change.methods]]`` that have a new name; the others are left to a person."""
    for method in patch.change.methods:
        for name in method_uses(method, patch.module):
            if patch.skips(name):
                continue
            if method.new:
                patch.replace(name, method.new)
