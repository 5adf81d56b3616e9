"""Point at what renders lists of errors: it must give a SafeString."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.classes import own_method, subclasses


def error_list_text(patch: Patch) -> None:
    """Point at what renders lists of errors: it must give a SafeString."""
    for owner in subclasses(patch.module, "ErrorList", "ErrorDict"):
        for name in ("__str__", "__html__", "as_ul", "as_text", "as_divs", "render"):
            definition = own_method(patch.module, owner, name)
            if definition is not None:
                patch.report(definition)
