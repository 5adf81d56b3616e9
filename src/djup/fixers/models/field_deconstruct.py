"""Arguments of model fields that migrations must be able to write down.

https://docs.djangoproject.com/en/1.8/releases/1.7/#deconstruct-and-serializability
"""

from __future__ import annotations

import re

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.class_bodies import methods_of, statements_of
from djup.source.edits import Edit
from djup.source.text import line_end
from djup.source.tree import FUNCTIONS, field, text_of, within

_HOMES = ("django.db.models.", "django.contrib.gis.db.models.")
_GIVEN = {"default", "upload_to", "limit_choices_to"}
_OWN = {
    "verbose_name", "name", "primary_key", "max_length", "unique", "blank", "null", "db_index", "default", "editable",
    "choices", "help_text", "db_column", "upload_to", "storage", "to", "auto_now", "auto_now_add", "max_digits",
    "decimal_places", "path", "match", "recursive", "protocol", "verify_exists", "width_field", "height_field",
}  # fmt: skip
"""Arguments of Django's own fields, which these give back by themselves."""


def field_deconstruct(patch: Patch) -> None:
    """A field that keeps each argument of its own as an attribute of that name gets a ``deconstruct()``."""
    for definition in patch.module.classes():
        bases = patch.module.bases(definition)
        methods = methods_of(definition)
        if not any(base.startswith(_HOMES) and base.endswith("Field") for base in bases) or "deconstruct" in methods:
            continue
        init = methods.get("__init__")
        names = _arguments(init) if init is not None else []
        if init is None or not names or patch.skips(definition):
            continue
        if all(re.search(rb"\bself\.%s\s*=\s*%s\s*(\n|$)" % (name, name), text_of(init)) for name in names):
            _write(patch, definition, init, [name.decode() for name in names])
        else:
            patch.report(definition)


def _arguments(init: Node) -> list[bytes]:
    """The parameters of ``__init__`` that Django's own fields do not know."""
    parameters = field(init, "parameters")
    found = []
    for one in parameters.named_children if parameters is not None else ():
        name = field(one, "name") if one.type == "default_parameter" else one
        if name is not None and name.type == "identifier" and text_of(name) != b"self":
            found.append(text_of(name))
    return [name for name in found if name.decode() not in _OWN]


def _write(patch: Patch, definition: Node, init: Node, names: list[str]) -> None:
    body = patch.module.body
    indent = body[body.rfind(b"\n", 0, init.start_byte) + 1 : init.start_byte].decode()
    first = statements_of(init)[0]
    inner = body[body.rfind(b"\n", 0, first.start_byte) + 1 : first.start_byte].decode()
    if indent.strip() or inner.strip():
        patch.report(definition)
        return
    own = text_of(field(definition, "name")).decode()
    lines = [
        f"{indent}def deconstruct(self):",
        f"{inner}name, path, args, kwargs = super({own}, self).deconstruct()",
        *(f'{inner}kwargs["{name}"] = self.{name}' for name in names),
        f"{inner}return name, path, args, kwargs",
    ]
    newline = line_end(body).decode()
    end = statements_of(init)[-1].end_byte
    stop = body.find(b"\n", end)
    place = len(body) if stop < 0 else stop
    text = newline + newline + newline.join(lines)
    patch.edit(Edit(start=place, end=place, text=text.encode()))


def lambda_arguments(patch: Patch) -> None:
    """A lambda that a field is given becomes a function above its class: it could not see the names of the class."""
    functions: dict[int, list[str]] = {}
    for node in _lambdas(patch):
        given, call = node.parent, within(node, "call")
        owner = within(node, "class_definition")
        assignment = call.parent if call is not None else None
        if given is None or call is None or owner is None or assignment is None or patch.skips(node):
            continue
        nested = within(owner.parent, *FUNCTIONS, "class_definition") if owner.parent is not None else None
        named = assignment.type == "assignment" and assignment.parent is not None
        if nested is not None or not named or not _is_field(patch, call):
            if _is_field(patch, call):
                patch.report(node)
            continue
        name = f"_{_text(owner, 'name').lower()}_{_text(assignment, 'left')}_{_text(given, 'name')}"
        whole = owner.parent if owner.parent is not None and owner.parent.type == "decorated_definition" else owner
        if not patch.is_free(name, node) or whole.start_point[1]:
            patch.report(node)
            continue
        functions.setdefault(whole.start_byte, []).append(_function(patch, node, name))
        patch.replace(node, name)
    for start, texts in functions.items():
        patch.edit(Edit(start=start, end=start, text="".join(texts).encode()))


def _lambdas(patch: Patch) -> list[Node]:
    """The lambdas given to keywords that take functions."""
    found = []
    for word in sorted(_GIVEN):
        for name in patch.module.spelled(word):
            given = name.parent
            value = field(given, "value") if given is not None and given.type == "keyword_argument" else None
            if value is not None and value.type == "lambda":
                found.append(value)
    return sorted(found, key=lambda one: one.start_byte)


def _is_field(patch: Patch, call: Node) -> bool:
    function = field(call, "function")
    origins = patch.module.origins(function) if function is not None else ()
    return any(one.startswith(_HOMES) for one in origins)


def _text(node: Node, role: str) -> str:
    return text_of(field(node, role)).decode()


def _function(patch: Patch, node: Node, name: str) -> str:
    """The function that a lambda becomes, with two blank lines below it."""
    newline = line_end(patch.module.body).decode()
    return f"def {name}({_text(node, 'parameters')}):{newline}    return {_text(node, 'body')}{newline * 3}"
