"""``assertFormError`` and ``assertFormsetError`` take the form itself, no longer a response and a name in its context.

https://docs.djangoproject.com/en/4.1/releases/4.1/#features-deprecated-in-4-1
"""

from __future__ import annotations

import re

from djup.fixers.patch import Patch
from djup.source.calls import Argument, Call, call_of
from djup.source.edits import Edit
from djup.source.strings import string_value
from djup.source.tree import field, text_of

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


def update_error_dict(patch: Patch) -> None:
    """``self._errors = e.update_error_dict(self._errors)`` is ``self.add_error(None, e)``.

    https://docs.djangoproject.com/en/1.8/releases/1.7/#validationerror-constructor-and-internal-storage
    """
    for node in patch.module.attributes("update_error_dict"):
        call = call_of(node)
        outer = call.node.parent if call is not None else None
        if (
            call is None
            or outer is None
            or outer.type != "assignment"
            or len(call.positional) != 1
            or patch.skips(node)
        ):
            continue
        errors = text_of(field(outer, "left")).decode()
        form, dot, last = errors.rpartition(".")
        if dot and last in {"_errors", "errors"} and text_of(call.positional[0].value).decode() == errors:
            patch.replace(outer, f"{form}.add_error(None, {text_of(field(node, 'object')).decode()})")
