"""Point at mail backends that pass on keywords of which the base class may know nothing."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.classes import own_method, subclasses


def mail_backend_keywords(patch: Patch) -> None:
    """Point at mail backends that pass on keywords of which the base class may know nothing."""
    for owner in subclasses(patch.module, "BaseEmailBackend"):
        definition = own_method(patch.module, owner, "__init__")
        if definition is not None:
            patch.report(definition)
