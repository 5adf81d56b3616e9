"""``resolve_variable(path, context)`` is ``Variable(path).resolve(context)``."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.calls import call_of
from djup.source.tree import text_of


def resolve_variable(patch: Patch) -> None:
    """``resolve_variable(path, context)`` is ``Variable(path).resolve(context)``."""
    for home in ("django.template.resolve_variable", "django.template.base.resolve_variable"):
        for node in patch.module.uses(home):
            call = call_of(node)
            if patch.skips(node):
                continue
            if call is None or len(call.positional) != 2 or len(call.arguments) != 2:  # noqa: PLR2004  # path, context
                patch.report(node)
                continue
            path, context = (text_of(one.value).decode() for one in call.positional)
            variable = patch.need("django.template", "Variable", node)
            patch.replace(call.node, f"{variable}({path}).resolve({context})")
