"""Routes to ``direct_to_template`` and ``redirect_to`` name ``TemplateView`` and ``RedirectView``."""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.routes import routes
from djup.fixers.syntax.setting_values import keys
from djup.source.calls import Call
from djup.source.edits import Edit
from djup.source.strings import string_value
from djup.source.tree import text_of

_SIMPLE = "django.views.generic.simple."


def generic_views(patch: Patch) -> None:
    """Routes to ``direct_to_template`` and ``redirect_to`` name ``TemplateView`` and ``RedirectView``.

    https://docs.djangoproject.com/en/1.4/topics/generic-views-migration/
    """
    for brackets, arguments in routes(patch):
        plain = [one for one in arguments if not one.name and not one.stars]
        if len(plain) < 3 or patch.skips(brackets):  # noqa: PLR2004  # a route, a view and what it is given
            continue
        origin = _view_of(patch, plain[1].value)
        given = keys(plain[2].value) if plain[2].value.type == "dictionary" else {}
        text = _class_based(patch, origin, given, plain[1].value)
        if text is None or len(given) != len(plain[2].value.named_children):
            continue
        patch.edit(Edit(start=plain[1].node.start_byte, end=plain[2].node.end_byte, text=text.encode()))
    for call in patch.module.calls(f"{_SIMPLE}direct_to_template"):
        _render(patch, call)


def _render(patch: Patch, call: Call) -> None:
    """``direct_to_template(request, template, extra_context)`` that a view calls is ``render()``."""
    names = ("request", "template", "extra_context", "mimetype")
    given = {names[place]: one for place, one in enumerate(call.positional[: len(names)])}
    given |= {one.name: one for one in call.arguments if one.name}
    if call.unpacks or not {"request", "template"} <= {*given} <= {*names} or patch.skips(call.node):
        return
    texts = {name: text_of(one.value).decode() for name, one in given.items()}
    parts = [texts[name] for name in names[:3] if name in texts]
    parts += [f"content_type={texts['mimetype']}"] if "mimetype" in texts else []
    patch.replace(call.node, f"{patch.need('django.shortcuts', 'render', call.node)}({', '.join(parts)})")


def _view_of(patch: Patch, node: Node) -> str:
    origins = patch.module.origins(node)
    return (string_value(node) or next(iter(origins), "")).removeprefix(_SIMPLE) if node else ""


def _class_based(patch: Patch, view: str, given: dict[str, Node], place: Node) -> str | None:
    if view == "direct_to_template" and {*given} == {"template"}:
        template = text_of(given["template"]).decode()
        return f"{patch.need('django.views.generic', 'TemplateView', place)}.as_view(template_name={template})"
    if view == "redirect_to" and "url" in given and {*given} <= {"url", "permanent", "query_string"}:
        parts = ", ".join(f"{key}={text_of(value).decode()}" for key, value in given.items())
        return f"{patch.need('django.views.generic', 'RedirectView', place)}.as_view({parts})"
    return None
