"""``include()``: the name of an app comes with its routes, in a pair, the name of the instance beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.source.calls import Argument, Call, remove_item
from djup.source.edits import Edit
from djup.source.strings import string_value
from djup.source.tree import field, text_of

_HOMES = ("django.conf.urls.include", "django.conf.urls.defaults.include", "django.urls.include")
_SITE = re.compile(rb"(?:^|[._])site\.urls$")
_ROUTER = re.compile(rb"(?:^|[._])router\.urls$")
_ROUTES = {"list", "list_comprehension", "binary_operator"}


def _includes(patch: Patch) -> Iterator[tuple[Call, Argument]]:
    """The calls of ``include()`` whose arguments are plain, with what they include."""
    for dotted in _HOMES:
        for call in patch.module.calls(dotted):
            first = call.keyword("arg") or (call.positional[0] if call.positional else None)
            if first is not None and not call.unpacks and not patch.skips(call.node):
                yield call, first


def include_site(patch: Patch) -> None:
    """``include(admin.site.urls)`` is ``admin.site.urls``."""
    for call, first in _includes(patch):
        if len(call.arguments) == 1 and _SITE.search(text_of(first.value)):
            patch.replace(call.node, text_of(first.value).decode())


def include_triple(patch: Patch) -> None:
    """``include((routes, "app", "here"))`` is ``include((routes, "app"), namespace="here")``."""
    for call, first in _includes(patch):
        parts = [one for one in first.value.named_children if one.type != "comment"]
        if first.value.type != "tuple" or len(parts) != len(["routes", "app", "instance"]):
            continue
        if len(call.arguments) > 1:
            patch.report(call.node)
            continue
        patch.edit(remove_item(patch.module.body, first.value, parts[2]))
        text = f", namespace={text_of(parts[2]).decode()}"
        patch.edit(Edit(start=first.node.end_byte, end=first.node.end_byte, text=text.encode()))


def include_app_name(patch: Patch) -> None:
    """``include("x.urls", namespace="here", app_name="x")`` is ``include(("x.urls", "x"), namespace="here")``."""
    for call, first in _includes(patch):
        name = call.keyword("app_name") or (call.positional[2] if len(call.positional) > 2 else None)  # noqa: PLR2004
        if name is None:
            continue
        if text_of(name.value) == b"None":
            patch.edit(remove_item(patch.module.body, call.brackets, name.node))
        elif _namespace(call) is None or first.value.type == "tuple":
            patch.report(call.node)
        else:
            patch.replace(first.value, _pair(first.value, name.value))
            patch.edit(remove_item(patch.module.body, call.brackets, name.node))


def instance_namespace(patch: Patch) -> None:
    """``include("x.urls", namespace="x")`` is ``include(("x.urls", "x"), namespace="x")``.

    Where the included module gives an ``app_name`` itself, that one holds (``include()`` of 1.9 and later).
    """
    for call, first in _includes(patch):
        namespace = _namespace(call)
        if namespace is None or len(call.positional) > 2 or call.keyword("app_name") is not None:  # noqa: PLR2004
            continue
        if first.value.type == "tuple" or text_of(namespace.value) == b"None" or _gives_name(patch, first.value):
            continue
        if _is_routes(patch, first.value) and (string_value(namespace.value) or namespace.value.type == "identifier"):
            patch.replace(first.value, _pair(first.value, namespace.value))
        else:
            patch.report(call.node)


def _namespace(call: Call) -> Argument | None:
    return call.keyword("namespace") or (call.positional[1] if len(call.positional) > 1 else None)


def _pair(routes: Node, name: Node) -> str:
    return f"({text_of(routes).decode()}, {text_of(name).decode()})"


def _gives_name(patch: Patch, routes: Node) -> bool:
    module = string_value(routes)
    named = (module,) if module is not None else patch.module.origins(routes)
    return any(patch.facts.urls.names_app(one) for one in named)


def _is_routes(patch: Patch, value: Node) -> bool:
    """Whether what is included is sure to be a module or a list: a name of a tuple would come out nested."""
    if string_value(value) is not None or value.type in _ROUTES:
        return True
    if value.type != "identifier":
        return _ROUTER.search(text_of(value)) is not None
    given = [field(one, "right") for one in patch.module.assignments(text_of(value).decode())]
    if given:
        return all(one is not None and (one.type in _ROUTES or _is_patterns(one)) for one in given)
    return any(one is not None and one.name.endswith("urls") for one in patch.module.resolve(value))


def _is_patterns(node: Node) -> bool:
    return node.type == "call" and text_of(field(node, "function")).rpartition(b".")[2] == b"patterns"
