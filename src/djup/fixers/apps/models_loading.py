"""The functions of ``django.db.models.loading`` are methods of ``django.apps.apps``."""

from __future__ import annotations

from collections.abc import Callable

from djup.fixers.engine.patch import Patch
from djup.source.calls import Call, call_of
from djup.source.tree import text_of


def models_loading(patch: Patch) -> None:
    """The functions of ``django.db.models.loading`` are methods of ``django.apps.apps``."""
    rewrites: dict[str, Callable[[Patch, Call], bool]] = {
        "get_model": _get_model, "get_models": _get_models, "get_app": _get_app,
    }  # fmt: skip
    for name, rewrite in rewrites.items():
        for home in ("django.db.models", "django.db.models.loading", "django.db.models.loading.cache"):
            for node in patch.module.uses(f"{home}.{name}"):
                call = call_of(node)
                if not patch.skips(node) and (call is None or not rewrite(patch, call)):
                    patch.report(node)


def _get_model(patch: Patch, call: Call) -> bool:
    plain = len(call.positional) == len(call.arguments) and len(call.positional) in {1, 2}
    if not plain and [one.stars for one in call.arguments] != ["*"]:
        return False
    patch.replace(call.function, f"{patch.need('django.apps', 'apps', call.node)}.get_model")
    return True


def _get_models(patch: Patch, call: Call) -> bool:
    if call.arguments:
        return False
    patch.replace(call.function, f"{patch.need('django.apps', 'apps', call.node)}.get_models")
    return True


def _get_app(patch: Patch, call: Call) -> bool:
    if len(call.arguments) != 1 or len(call.positional) != 1:
        return False
    label = text_of(call.positional[0].value).decode()
    patch.replace(call.node, f"{patch.need('django.apps', 'apps', call.node)}.get_app_config({label}).models_module")
    return True
