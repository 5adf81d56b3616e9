"""``opts.get_add_permission()`` is ``get_permission_codename("add", opts)``."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch, receiver_of
from djup.source.calls import call_of

_OPTIONS = {"_meta", "opts"}


def permission_codename(patch: Patch) -> None:
    """``opts.get_add_permission()`` is ``get_permission_codename("add", opts)``.

    https://docs.djangoproject.com/en/1.8/releases/1.6/#get-add-change-delete-permission-model-meta-methods
    """
    for action in ("add", "change", "delete"):
        for node in patch.module.attributes(f"get_{action}_permission"):
            call, options = call_of(node), receiver_of(node)
            if call is None or call.arguments or options.rpartition(".")[2] not in _OPTIONS or patch.skips(node):
                continue
            function = patch.need("django.contrib.auth", "get_permission_codename", node)
            patch.replace(call.node, f'{function}("{action}", {options})')
