"""URLconfs of Django 1.x: views named by strings, ``patterns()`` and its prefix, routes that are plain tuples."""

from __future__ import annotations

import re

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.source.calls import Argument, Call, append_items, arguments_in
from djup.source.edits import Edit
from djup.source.strings import string_value
from djup.source.tree import field

_URL = ("django.conf.urls.url", "django.conf.urls.defaults.url")
_PATTERNS = ("django.conf.urls.patterns", "django.conf.urls.defaults.patterns")
_I18N = "django.conf.urls.i18n.i18n_patterns"
_DOTTED = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*){2,}$")


def string_views(patch: Patch) -> None:
    """Import the module of each view that is named by a string, and name the view itself.

    https://docs.djangoproject.com/en/1.8/releases/1.8/#passing-a-string-as-view-to-url
    """
    seen: set[int] = set()
    for dotted in (*_PATTERNS, _I18N):
        for call in patch.module.calls(dotted):
            prefix = string_value(call.positional[0].value) if call.positional else None
            routes = [_route(patch, one.value) for one in call.positional[1:]]
            found = [_views(patch, one, prefix, seen) for one in routes if one is not None]
            if prefix and all(found) and None not in routes:
                patch.replace(call.positional[0].value, "''")
    for dotted in _URL:
        for call in patch.module.calls(dotted):
            if call.node.id not in seen:
                _views(patch, call.brackets, "", seen)


def _route(patch: Patch, value: Node) -> Node | None:
    """The brackets of a route: those of ``url()``, or a tuple's; None for what may be any."""
    if value.type == "tuple":
        return value
    function = field(value, "function") if value.type == "call" else None
    if function is not None and {*patch.module.origins(function)} & {*_URL}:
        return field(value, "arguments")
    return None


def _views(patch: Patch, brackets: Node, prefix: str | None, seen: set[int]) -> bool:
    """Name the view of a route; False where it is a string still."""
    if brackets.type == "argument_list" and brackets.parent is not None:
        seen.add(brackets.parent.id)
    view = _view_of(brackets)
    name = string_value(view.value) if view is not None else None
    if view is None or name is None:
        return view is not None and view.value.type != "binary_operator"
    path = f"{prefix}.{name}" if prefix else name
    if prefix is None or not _DOTTED.match(path) or patch.skips(view.value):
        patch.report(view.value)
        return False
    module, _, attribute = path.rpartition(".")
    package, _, last = module.rpartition(".")
    patch.replace(view.value, f"{patch.need(package, last, view.value)}.{attribute}")
    return True


def _view_of(brackets: Node) -> Argument | None:
    arguments = arguments_in(brackets)
    plain = [one for one in arguments if not one.name and not one.stars]
    return next((one for one in arguments if one.name == "view"), plain[1] if len(plain) > 1 else None)


def patterns_list(patch: Patch) -> None:
    """``patterns("", …)`` is a list of its routes, and each route is made by ``url()``.

    https://docs.djangoproject.com/en/1.8/releases/1.8/#django-conf-urls-patterns
    """
    for dotted in _PATTERNS:
        for call in patch.module.calls(dotted):
            if patch.skips(call.node):
                continue
            if not _is_plain(patch, call):
                patch.report(call.node)
                continue
            _drop_prefix(patch, call, call.node.start_byte, "[")
            end = call.brackets.end_byte
            patch.edit(Edit(start=end - 1, end=end, text=b"]"))


def i18n_prefix(patch: Patch) -> None:
    """``i18n_patterns("", …)`` takes its routes alone.

    https://docs.djangoproject.com/en/1.8/releases/1.8/#prefix-argument-to-i18n-patterns
    """
    for call in patch.module.calls(_I18N):
        if not call.positional or string_value(call.positional[0].value) is None or patch.skips(call.node):
            continue
        if _is_plain(patch, call):
            _drop_prefix(patch, call, call.brackets.start_byte, "(")
        else:
            patch.report(call.node)


def _is_plain(patch: Patch, call: Call) -> bool:
    """Whether a call names a prefix that no view of its routes still needs."""
    if call.unpacks or not call.positional or len(call.positional) != len(call.arguments):
        return False
    prefix = string_value(call.positional[0].value)
    routes = [_route(patch, one.value) for one in call.positional[1:]]
    if prefix is None or (prefix and None in routes):
        return False
    views = [_view_of(one) for one in routes if one is not None]
    return not prefix or not any(one is None or string_value(one.value) is not None for one in views)


def _drop_prefix(patch: Patch, call: Call, start: int, opening: str) -> None:
    first, rest = call.positional[0], call.positional[1:]
    body = patch.module.body
    if rest:
        comma = next(one for one in call.brackets.children if one.type == "," and one.start_byte >= first.node.end_byte)
        end = comma.end_byte
        while body[end : end + 1] == b" " and body[end:].lstrip(b" ")[:1] not in {b"#", b"\n", b"\r"}:
            end += 1
    else:
        end = call.brackets.end_byte - 1
    patch.edit(Edit(start=start, end=end, text=opening.encode()))
    for one in rest:
        if one.value.type == "tuple":
            url = _url_name(patch, one.value)
            patch.edit(Edit(start=one.value.start_byte, end=one.value.start_byte, text=url.encode()))


def _url_name(patch: Patch, place: Node) -> str:
    """What ``url()`` is called in the module, from either of its homes."""
    for one in patch.module.imports:
        if one.origin in _URL and one.name and patch.module.bound_at(one.local, place) == [one]:
            return one.local
    return patch.need("django.conf.urls", "url", place)


def named_by_path(patch: Patch) -> None:
    """Name routes by the path of their view where the project looks them up so.

    https://docs.djangoproject.com/en/1.8/releases/1.8/#passing-a-dotted-path-to-reverse-and-url
    """
    if not patch.facts.urls.reversed_paths:
        return
    for dotted in _URL:
        for call in patch.module.calls(dotted):
            view = _view_of(call.brackets)
            if view is None or patch.skips(call.node):
                continue
            path = string_value(view.value) or next(iter(patch.module.origins(view.value)), "")
            if path not in patch.facts.urls.reversed_paths:
                continue
            name = call.keyword("name") or (call.positional[3] if len(call.positional) > 3 else None)  # noqa: PLR2004
            if name is None and not call.unpacks:
                patch.edit(append_items(patch.module.body, call.brackets, [f'name="{path}"']))
            elif name is None or string_value(name.value) != path:
                patch.report(call.node)
