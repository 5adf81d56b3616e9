"""Values of JSON fields: texts that were decoded, and the null of JSON."""

from __future__ import annotations

import json
import re

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.classes import class_of
from djup.source.calls import Call, call_of
from djup.source.strings import string_value
from djup.source.tree import field, text_of

_VALUES = ("django.db.models.Value", "django.db.models.expressions.Value")
_FIELDS = ("django.db.models.JSONField", "django.db.models.fields.json.JSONField")
_AGGREGATES = ("django.contrib.postgres.aggregates.JSONBAgg", "django.contrib.postgres.aggregates.general.JSONBAgg")
_LOOKUPS = ("filter", "exclude", "get", "Q")


def json_text_values(patch: Patch) -> None:
    """``Value("[]", JSONField())`` is ``Value([], JSONField())``, a default of ``Value("[]")`` is ``[]``.

    https://docs.djangoproject.com/en/4.2/releases/4.2/#passing-encoded-json-string-literals-to-jsonfield-is-deprecated
    """
    for call in (one for home in _VALUES for one in patch.module.calls(home)):
        kind = call.keyword("output_field") or (call.positional[1:2] or [None])[0]
        if kind is not None and text_of(kind.value).endswith(b"JSONField()"):
            _decode(patch, call, whole=False)
    for call in (one for home in _AGGREGATES for one in patch.module.calls(home)):
        default = call.keyword("default")
        function = field(default.value, "function") if default is not None else None
        inner = call_of(function) if function is not None else None
        if inner is None or len(inner.arguments) != 1:
            continue
        if any(one in _VALUES for one in patch.module.origins(inner.function)):
            _decode(patch, inner, whole=True)


def _decode(patch: Patch, call: Call, *, whole: bool) -> None:
    """Put the value in the place of its JSON text, or of the whole call; other texts stay as they are."""
    given = call.positional[0].value if call.positional else None
    text = string_value(given)
    if given is None or text is None or patch.skips(call.node):
        return
    try:
        value = json.loads(text)
    except ValueError:
        return
    patch.replace(call.node if whole else given, _source(value))


def _source(value: object) -> str:
    """Python source of a value read from JSON, texts in double quotes."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_source(key)}: {_source(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_source, value)) + "]"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)


def json_null(patch: Patch) -> None:
    """``filter(data=None)`` of a JSON field that the same module declares is ``filter(data=JSONNull())``.

    https://docs.djangoproject.com/en/6.1/releases/6.1/#features-deprecated-in-6-1
    """
    names = _json_fields(patch)
    wanted = {*names, *(f"{one}__exact" for one in names)}
    for call in (one for method in _LOOKUPS for one in _calls(patch, method)):
        for one in call.arguments:
            if one.name in wanted and text_of(one.value) == b"None" and not patch.skips(call.node):
                patch.replace(one.value, f"{patch.need('django.db.models', 'JSONNull', one.value)}()")


def _json_fields(patch: Patch) -> set[str]:
    """The names that stand for JSON fields in every class of the module that has them."""
    found: dict[str, list[bool]] = {}
    fields = {call.node.id for home in _FIELDS for call in patch.module.calls(home)}
    for call in (one for home in _FIELDS for one in patch.module.calls(home)):
        assignment = call.node.parent
        if assignment is None or assignment.type != "assignment" or class_of(assignment) is None:
            continue
        name = text_of(field(assignment, "left")).decode()
        for other in patch.module.assignments(name):
            value = field(other, "right")
            found.setdefault(name, []).append(value is not None and value.id in fields)
    return {name for name, are_json in found.items() if all(are_json)}


def _calls(patch: Patch, method: str) -> list[Call]:
    if method == "Q":
        return patch.module.calls("django.db.models.Q")
    return patch.module.calls(f".{method}")


def json_key_lookups(patch: Patch) -> None:
    """Point at lookups of keys in JSON fields of the same file that compare with ``None``."""
    declared = {
        text_of(field(one, "left"))
        for one in (node.parent for node in _json_calls(patch))
        if one is not None and one.type == "assignment"
    }
    for match in re.finditer(rb"\b(\w+?)__\w+\s*=\s*None\b", patch.module.body):
        node = patch.module.tree.root_node.descendant_for_byte_range(match.start(1), match.end(1))
        argument = node.parent if node is not None else None
        if match[1] in declared and argument is not None and argument.type == "keyword_argument":
            patch.report(argument)


def _json_calls(patch: Patch) -> list[Node]:
    homes = ("django.contrib.postgres.fields.JSONField", "django.contrib.postgres.fields.jsonb.JSONField")
    return [one.node for home in homes for one in patch.module.calls(home)]
