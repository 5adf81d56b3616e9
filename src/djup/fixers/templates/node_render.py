"""Turn numbers that ``render()`` of a template node returns into strings, as Django did until then."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.classes import class_of, returns, subclasses
from djup.source.tree import field, text_of


def node_render_text(patch: Patch) -> None:
    """Turn numbers that ``render()`` of a template node returns into strings, as Django did until then.

    https://docs.djangoproject.com/en/4.0/releases/4.0/#miscellaneous
    """
    for owner in subclasses(patch.module, "django.template.Node", "django.template.base.Node", "template.Node"):
        for definition in patch.module.methods("render"):
            for one in returns(definition) if class_of(definition) == owner else ():
                value = one.named_children[0] if one.named_children else None
                if value is None or patch.skips(one):
                    continue
                if value.type in {"integer", "float"}:
                    patch.replace(value, f'"{text_of(value).decode()}"')
                elif value.type == "call" and text_of(field(value, "function")) == b"len":
                    patch.replace(value, f"str({text_of(value).decode()})")
                elif value.type in {"none", "true", "false"}:
                    patch.report(value)
