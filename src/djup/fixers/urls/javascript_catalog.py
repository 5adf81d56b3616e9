"""``javascript_catalog`` and ``json_catalog`` in URLconfs: views made from classes.

https://docs.djangoproject.com/en/1.10/releases/1.10/#miscellaneous-2
"""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.setting_values import keys
from djup.source.calls import Call, call_of
from djup.source.edits import Edit
from djup.source.strings import string_value
from djup.source.tree import field, text_of

_CLASSES = {"javascript_catalog": "JavaScriptCatalog", "json_catalog": "JSONCatalog"}
_OWN = "django.conf"


def catalog_views(patch: Patch) -> None:
    """Rewrite routes; what they gave to the view goes to ``as_view()``. Other uses of the views are a person's."""
    for name, new in _CLASSES.items():
        for node in patch.module.uses(f"django.views.i18n.{name}"):
            brackets = node.parent
            route = brackets.parent if brackets is not None and brackets.type == "argument_list" else None
            function = field(route, "function") if route is not None and route.type == "call" else None
            call = call_of(function) if function is not None else None
            if patch.skips(node):
                continue
            if call is None or not _rewrite(patch, node, call, new):
                patch.report(node)


def _rewrite(patch: Patch, node: Node, call: Call, new: str) -> bool:
    plain = call.positional
    if len(plain) < 2 or plain[1].value != node or b"packages" in text_of(plain[0].value):  # noqa: PLR2004
        return False
    values = plain[2] if len(plain) > 2 else call.keyword("kwargs")  # noqa: PLR2004  # after the route and the view
    given = _given(patch, values.value) if values is not None else ""
    if given is None:
        return False
    patch.replace(node, f"{patch.need('django.views.i18n', new, node)}.as_view({given})")
    if values is not None:
        before = call.arguments[call.arguments.index(values) - 1]
        patch.edit(Edit(start=before.node.end_byte, end=values.node.end_byte, text=b""))
    return True


def _given(patch: Patch, values: Node) -> str | None:
    """The arguments for ``as_view()``; None where the values are not written out, or name what is no app."""
    named = None
    if values.type == "identifier":
        bound = patch.module.assignments(text_of(values).decode())
        named, written = values, field(bound[0], "right") if len(bound) == 1 else None
    else:
        written = values
    if written is None or written.type != "dictionary":
        return None
    found = keys(written)
    packages = found.get("packages")
    if len(found) != len(written.named_children) or not {*found} <= {"packages", "domain"}:
        return None
    names = [string_value(one) for one in packages.named_children] if packages is not None else []
    if packages is not None and (packages.type not in {"list", "tuple"} or None in names):
        return None
    if named is not None:
        return None if _OWN in names else f"**{text_of(named).decode()}"
    kept = ", ".join(f'"{one}"' for one in names if one != _OWN)
    parts = [f"packages=[{kept}]"] if kept else []
    if "domain" in found:
        parts.append(f"domain={text_of(found['domain']).decode()}")
    return ", ".join(parts)
