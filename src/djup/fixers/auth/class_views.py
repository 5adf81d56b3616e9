"""The function views of ``django.contrib.auth``: views made from classes, in URLconfs and where code calls them.

https://docs.djangoproject.com/en/1.11/releases/1.11/#miscellaneous-1
"""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.auth.views_current_app import VIEWS
from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.setting_values import keys
from djup.source.calls import Call, call_of
from djup.source.edits import Edit
from djup.source.strings import string_value
from djup.source.text import line_end
from djup.source.tree import field, text_of

_SHARED = {"template_name": "template_name", "extra_context": "extra_context"}
_DONE = {"post_change_redirect", "post_reset_redirect"}
CLASSES = {
    "login": ("LoginView", {
        **_SHARED, "redirect_field_name": "redirect_field_name", "authentication_form": "authentication_form",
        "redirect_authenticated_user": "redirect_authenticated_user",
    }),
    "logout": ("LogoutView", {**_SHARED, "next_page": "next_page", "redirect_field_name": "redirect_field_name"}),
    "password_change": ("PasswordChangeView", {
        **_SHARED, "post_change_redirect": "success_url", "password_change_form": "form_class",
    }),
    "password_change_done": ("PasswordChangeDoneView", _SHARED),
    "password_reset": ("PasswordResetView", {
        **_SHARED, "email_template_name": "email_template_name", "subject_template_name": "subject_template_name",
        "password_reset_form": "form_class", "token_generator": "token_generator", "from_email": "from_email",
        "post_reset_redirect": "success_url", "html_email_template_name": "html_email_template_name",
        "extra_email_context": "extra_email_context",
    }),
    "password_reset_done": ("PasswordResetDoneView", _SHARED),
    "password_reset_confirm": ("PasswordResetConfirmView", {
        **_SHARED, "token_generator": "token_generator", "set_password_form": "form_class",
        "post_reset_redirect": "success_url",
    }),
    "password_reset_complete": ("PasswordResetCompleteView", _SHARED),
}  # fmt: skip
"""The class of each function, and the names its arguments have there (contrib/auth/views.py of 1.11)."""


def auth_class_views(patch: Patch) -> None:
    """Rewrite routes to the functions, and calls with a request; other uses are left to a person."""
    for name in CLASSES:
        for node in patch.module.uses(f"{VIEWS}{name}"):
            if patch.skips(node):
                continue
            if not (_in_route(patch, node, name) or _in_call(patch, node, name)):
                patch.report(node)


def _in_route(patch: Patch, node: Node, name: str) -> bool:
    brackets = node.parent
    route = brackets.parent if brackets is not None and brackets.type == "argument_list" else None
    function = field(route, "function") if route is not None and route.type == "call" else None
    call = call_of(function) if function is not None else None
    if call is None or text_of(call.function).rpartition(b".")[2] not in {b"url", b"path", b"re_path"}:
        return False
    plain = call.positional
    view = call.keyword("view") or (plain[1] if len(plain) > 1 else None)
    if view is None or view.value != node:
        return False
    values = plain[2] if len(plain) > 2 else call.keyword("kwargs")  # noqa: PLR2004  # after the route and the view
    if values is not None and values.value.type != "dictionary":
        return False
    found = keys(values.value) if values is not None else {}
    if values is not None and len(found) != len([one for one in values.value.named_children if one.type != "comment"]):
        return False
    given = _given(patch, name, found)
    if given is None:
        return False
    text = ", ".join(given) if values is None else _laid_out(patch, values.value, given)
    patch.replace(node, f"{_class(patch, node, name)}.as_view({text})")
    if values is not None:
        before = call.arguments[call.arguments.index(values) - 1]
        patch.edit(Edit(start=before.node.end_byte, end=values.node.end_byte, text=b""))
    return True


def _in_call(patch: Patch, node: Node, name: str) -> bool:
    """``login(request, template_name=x)`` is ``LoginView.as_view(template_name=x)(request)``."""
    call = call_of(node)
    if call is None or call.unpacks or len(call.positional) != 1 or not _is_request(call):
        return False
    given = _given(patch, name, {one.name: one.value for one in call.arguments if one.name})
    if given is None:
        return False
    request = text_of(call.positional[0].value).decode()
    patch.replace(call.node, f"{_class(patch, node, name)}.as_view({', '.join(given)})({request})")
    return True


def _is_request(call: Call) -> bool:
    return text_of(call.positional[0].value).endswith(b"request")


def _class(patch: Patch, node: Node, name: str) -> str:
    owner = field(node, "object") if node.type == "attribute" else None
    new = CLASSES[name][0]
    return f"{text_of(owner).decode()}.{new}" if owner is not None else patch.need(VIEWS[:-1], new, node)


def _laid_out(patch: Patch, values: Node, given: list[str]) -> str:
    """The arguments on one line, or one to a line as the values of the route stood."""
    first = values.named_children[0] if values.named_children else None
    if first is None or first.start_point[0] == values.start_point[0]:
        return ", ".join(given)
    body = patch.module.body
    indent = body[body.rfind(b"\n", 0, first.start_byte) + 1 : first.start_byte].decode()
    end = values.end_byte - 1
    closing = body[body.rfind(b"\n", 0, end) + 1 : end].decode()
    newline = line_end(body).decode()
    lines = "".join(f"{newline}{indent}{one}," for one in given)
    return f"{lines}{newline}{closing if not closing.strip() else indent}"


def _given(patch: Patch, name: str, found: dict[str, Node]) -> list[str] | None:
    """The arguments of ``as_view()``; None where the class has none of that name, or an address is not written out."""
    names = CLASSES[name][1]
    parts = []
    for key, value in found.items():
        if key not in names:
            return None
        text = text_of(value).decode()
        if key in _DONE:
            target = string_value(value)
            if target is not None and "/" not in target:
                text = f"{patch.need('django.urls', 'reverse_lazy', value)}({text})"
            elif target is None and value.type != "call":
                return None
        parts.append(f"{names[key]}={text}")
    return parts
