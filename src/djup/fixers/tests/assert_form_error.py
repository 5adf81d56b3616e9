"""Rewrite the old signature where the first argument is a response and the second a name."""

from __future__ import annotations

import re

from djup.fixers.engine.patch import Patch
from djup.source.calls import Argument, Call
from djup.source.edits import Edit
from djup.source.strings import string_value
from djup.source.tree import text_of

_RESPONSE = re.compile(
    rb"(?:^|[._])(?:r|res|resp|result)\d*$|[Rr]esponse\w*$|client\.(?:get|post|put|patch|delete)\(", re.DOTALL
)
_FORM = re.compile(rb"\bcontext\b|forms?(?:et)?(?:\(.*\))?$", re.IGNORECASE | re.DOTALL)
_OLD = {
    "assertFormError": ("response", "form", "field", "errors"),
    "assertFormsetError": ("response", "formset", "form_index", "field", "errors"),
}


def form_errors(patch: Patch) -> None:
    """Rewrite the old signature where the first argument is a response and the second a name."""
    for method, names in _OLD.items():
        for call in patch.module.calls(f".{method}"):
            if not patch.skips(call.node):
                _rewrite(patch, call, names)


def _rewrite(patch: Patch, call: Call, names: tuple[str, ...]) -> None:
    if call.unpacks:
        patch.report(call.node)
        return
    given = _given(call, names)
    response, form = given.get("response"), given.get(names[1])
    if response is None or form is None or len(given) < len(names) or _FORM.search(text_of(response.value)):
        return
    if not _RESPONSE.search(text_of(response.value)) or string_value(form.value) is None:
        patch.report(call.node)
        return
    keyword = f"{names[1]}=" if response.name or form.name else ""
    text = f"{keyword}{text_of(response.value).decode()}.context[{text_of(form.value).decode()}]"
    first, second = sorted((response.node, form.node), key=lambda one: one.start_byte)
    if second.start_byte < first.end_byte or not _adjacent(call, response, form):
        patch.report(call.node)
        return
    patch.edit(Edit(start=first.start_byte, end=second.end_byte, text=text.encode()))
    errors = given["errors"]
    if text_of(errors.value) == b"None":
        patch.replace(errors.value, "[]")


def _given(call: Call, names: tuple[str, ...]) -> dict[str, Argument]:
    found = dict(zip(names, call.positional, strict=False))
    return found | {one.name: one for one in call.arguments if one.name in names}


def _adjacent(call: Call, first: Argument, second: Argument) -> bool:
    places = [call.arguments.index(one) for one in (first, second)]
    return abs(places[0] - places[1]) == 1
