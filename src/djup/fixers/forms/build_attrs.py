"""Widgets of a project's own."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.knowledge.search import has_base
from djup.source.tree import field, text_of, within

_BASES = ("Widget", "Input", "Textarea", "Select", "SelectMultiple", "RadioSelect", "CheckboxSelectMultiple")


def build_attrs(patch: Patch) -> None:
    """``self.build_attrs(attrs, name=name)`` is ``self.build_attrs(dict(self.attrs, name=name), attrs)``.

    Both make the same of their arguments (``Widget.build_attrs()`` of 1.10 and 1.11).
    https://docs.djangoproject.com/en/1.11/releases/1.11/#miscellaneous
    """
    for call in patch.module.calls(".build_attrs"):
        owner, receiver = within(call.node, "class_definition"), text_of(field(call.function, "object"))
        if receiver != b"self" or owner is None or patch.skips(call.node) or not has_base(patch.module, owner, _BASES):
            continue
        plain = call.positional
        named = [one for one in call.arguments if one.name and one.name != "extra_attrs"]
        extra = call.keyword("extra_attrs") or (plain[0] if plain else None)
        if len(plain) > 1 or b"self.attrs" in text_of(call.brackets) or call.keyword("base_attrs") is not None:
            continue
        if any(one.stars == "*" for one in call.arguments):
            patch.report(call.node)
            continue
        more = [text_of(one.node).decode() for one in call.arguments if one in named or one.stars == "**"]
        base = f"dict({', '.join(['self.attrs', *more])})" if more else "self.attrs"
        text = f"{base}, {text_of(extra.value).decode()}" if extra is not None else base
        patch.replace(call.brackets, f"({text})")
    for definition in patch.module.methods("build_attrs"):
        owner, parameters = within(definition, "class_definition"), text_of(field(definition, "parameters"))
        if owner is not None and has_base(patch.module, owner, _BASES) and b"base_attrs" not in parameters:
            patch.report(definition)
