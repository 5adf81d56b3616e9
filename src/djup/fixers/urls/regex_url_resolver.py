"""``RegexURLPattern(regex, …)`` is ``URLPattern(RegexPattern(regex), …)``; a class made from it is a person's."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.tree import text_of

_CLASSES = (".RegexURLPattern", ".RegexURLResolver", ".URLPattern", ".URLResolver")


def regex_patterns(patch: Patch) -> None:
    """``RegexURLPattern(regex, …)`` is ``URLPattern(RegexPattern(regex), …)``; a class made from it is a person's."""
    for module in ("django.urls", "django.urls.resolvers"):
        for name in ("RegexURLPattern", "RegexURLResolver"):
            for call in patch.module.calls(f"{module}.{name}"):
                if patch.skips(call.node) or call.unpacks or not call.positional:
                    continue
                pattern = patch.need("django.urls.resolvers", "RegexPattern", call.node)
                end = ", is_endpoint=True" if name == "RegexURLPattern" else ""
                first = call.positional[0].value
                patch.replace(first, f"{pattern}({text_of(first).decode()}{end})")
    for definition in patch.module.classes():
        if any(base.startswith("django.urls.") and base.endswith(_CLASSES) for base in patch.module.bases(definition)):
            patch.report(definition)
