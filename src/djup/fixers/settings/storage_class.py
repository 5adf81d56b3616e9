"""``get_storage_class(path)`` imported the class by its path, without one it gave that of the default storage."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.calls import call_of


def storage_class(patch: Patch) -> None:
    """``get_storage_class(path)`` imported the class by its path, without one it gave that of the default storage."""
    for home in ("django.core.files.storage.get_storage_class",):
        for node in patch.module.uses(home):
            call = call_of(node)
            if patch.skips(node):
                continue
            if call is not None and not call.arguments:
                patch.replace(
                    call.node, f"{patch.need('django.core.files.storage', 'default_storage', node)}.__class__"
                )
            elif call is None or len(call.positional) != 1 or call.unpacks:
                patch.report(node)
            else:
                patch.replace(node, patch.need("django.utils.module_loading", "import_string", node))
