"""The log of the admin: entries are made for querysets, or one by one as any other object."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch, receiver_of
from djup.source.calls import Argument, Call, call_of
from djup.source.edits import Edit
from djup.source.tree import field, text_of

_NAMES = ("user_id", "content_type_id", "object_id", "object_repr", "action_flag", "change_message")
_LONGEST = 200


def log_actions(patch: Patch) -> None:
    """``log_action(…)`` of the manager is ``create(…)``, ``log_deletion()`` of an admin ``log_deletions()``.

    What ``log_action()`` did besides: it cut ``object_repr``, and wrote a list of messages as JSON (models.py of 5.2).
    https://docs.djangoproject.com/en/5.1/releases/5.1/#features-deprecated-in-5-1
    """
    for node in patch.module.attributes("log_action"):
        call = call_of(node)
        if patch.skips(node) or not receiver_of(node).endswith("objects"):
            continue
        given = _given(call) if call is not None else None
        if call is None or given is None:
            patch.report(node)
            continue
        patch.replace(field(node, "attribute") or node, "create")
        for argument, one in given:
            _say(patch, argument, one)
    for node in patch.module.attributes("log_deletion"):
        call = call_of(node)
        if receiver_of(node) not in {"self", "modeladmin", "model_admin"} or patch.skips(node):
            continue
        if call is None or len(call.positional) not in {2, 3} or len(call.arguments) != len(call.positional):
            patch.report(node)
        else:
            request, item = (text_of(one.value).decode() for one in call.positional[:2])
            patch.replace(call.node, f"{receiver_of(node)}.log_deletions({request}, [{item}])")


def _given(call: Call) -> list[tuple[str, Argument]] | None:
    """The arguments by their names; None where one is missing or may be a list of messages."""
    if call.unpacks or len(call.positional) > len(_NAMES):
        return None
    given = list(zip(_NAMES, call.positional, strict=False)) + [(one.name, one) for one in call.arguments if one.name]
    names = {name for name, _ in given}
    if not set(_NAMES[:-1]) <= names <= set(_NAMES):
        return None
    message = next((one.value for name, one in given if name == _NAMES[-1]), None)
    is_text = message is None or message.type in {"string", "concatenated_string"}
    is_text = is_text or (message is not None and text_of(field(message, "function")) in {b"_", b"str", b"gettext"})
    return given if is_text else None


def _say(patch: Patch, name: str, one: Argument) -> None:
    """Give an argument its name where it has none, and cut what may be too long."""
    before, after = f"{name}=" if not one.name else "", ""
    if name == "object_repr":
        simple = one.value.type in {"call", "identifier", "attribute", "subscript", "string"}
        before, after = (before, f"[:{_LONGEST}]") if simple else (f"{before}(", f")[:{_LONGEST}]")
    start, end = one.value.start_byte, one.value.end_byte
    for place, text in ((start, before), (end, after)):
        if text:
            patch.edit(Edit(start=place, end=place, text=text.encode()))
