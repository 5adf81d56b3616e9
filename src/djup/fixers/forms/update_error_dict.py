"""``self._errors = e.update_error_dict(self._errors)`` is ``self.add_error(None, e)``."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.calls import call_of
from djup.source.tree import field, text_of


def update_error_dict(patch: Patch) -> None:
    """``self._errors = e.update_error_dict(self._errors)`` is ``self.add_error(None, e)``.

    https://docs.djangoproject.com/en/1.8/releases/1.7/#validationerror-constructor-and-internal-storage
    """
    for node in patch.module.attributes("update_error_dict"):
        call = call_of(node)
        outer = call.node.parent if call is not None else None
        if (
            call is None
            or outer is None
            or outer.type != "assignment"
            or len(call.positional) != 1
            or patch.skips(node)
        ):
            continue
        errors = text_of(field(outer, "left")).decode()
        form, dot, last = errors.rpartition(".")
        if dot and last in {"_errors", "errors"} and text_of(call.positional[0].value).decode() == errors:
            patch.replace(outer, f"{form}.add_error(None, {text_of(field(node, 'object')).decode()})")
