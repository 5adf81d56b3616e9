r"""``url()`` of django.conf.urls: ``path()`` where the pattern says exactly the same, ``re_path()`` everywhere else.

A route of ``path()`` is compiled as ``^`` + the route + the end of the string
(``django.urls.resolvers._route_to_regex``), its ``str``, ``slug`` and ``path`` converters as ``[^/]+``,
``[-a-zA-Z0-9_]+`` and ``.+`` with the text itself as value. A view below an ``int`` or ``uuid`` converter gets
another type than before, so ``\d+`` stays a regular expression.
https://docs.djangoproject.com/en/2.0/releases/2.0/#simplified-url-routing-syntax
"""

from __future__ import annotations

import re

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.source.calls import Argument, Call, call_of
from djup.source.edits import Edit
from djup.source.imports import Wanted
from djup.source.strings import literal
from djup.source.tree import field, text_of

_HOMES = ("django.conf.urls.url", "django.conf.urls.defaults.url")
_CONVERTERS = {"[^/]+": "str", "[^/]*": "", "[-a-zA-Z0-9_]+": "slug", "[a-zA-Z0-9_-]+": "slug", ".+": "path"}
_GROUP = re.compile(r"\(\?P<(\w+)>((?:\[[^\]]*\]|[^()\[\]])+)\)")
_ESCAPED = re.compile(r"\\([.\-/_~@:,!=&])")
_PLAIN = re.compile(r"[A-Za-z0-9_\-/@:,!=&~]*")


def url_to_path(patch: Patch) -> None:
    """Rewrite each call of ``url()``; other uses of the name are left to a person."""
    rewritten = False
    for home in _HOMES:
        for node in patch.module.uses(home):
            call = call_of(node)
            if patch.skips(node):
                continue
            if call is None or any(one.stars == "**" for one in call.arguments):
                patch.report(node)
                continue
            _rewrite(patch, call)
            rewritten = True
    if rewritten:
        _move_include(patch)


def _rewrite(patch: Patch, call: Call) -> None:
    pattern = call.keyword("regex") or (call.positional[0] if call.positional else None)
    view = call.keyword("view") or (call.positional[1] if len(call.positional) > 1 else None)
    one = literal(pattern.value) if pattern is not None else None
    route = None
    if one is not None and view is not None and "b" not in one.prefix.lower():
        route = route_of(one.value, included=_is_include(view.value))
    name = patch.need("django.urls", "re_path" if route is None else "path", call.node)
    patch.replace(call.function, name)
    if pattern is not None and pattern.name:
        _rename(patch, pattern)
    if one is not None and route is not None:
        prefix = one.prefix.replace("r", "").replace("R", "")
        patch.edit(Edit(start=one.start, end=one.end, text=f"{prefix}{one.quotes}{route}{one.quotes}".encode()))


def _rename(patch: Patch, pattern: Argument) -> None:
    name = field(pattern.node, "name")
    if name is not None:
        patch.replace(name, "route")


def _is_include(view: Node) -> bool:
    """Whether a view is a list of further URLs: ``include(…)``, or ``urls`` of a site or router."""
    if view.type == "call":
        return text_of(field(view, "function")).rpartition(b".")[2] == b"include"
    return view.type == "attribute" and text_of(field(view, "attribute")) == b"urls"


def route_of(pattern: str, *, included: bool) -> str | None:
    """Return the route that matches exactly what a regular expression does; None where there is no such route."""
    if included and pattern in {"", "^"}:
        return ""
    if not pattern.startswith("^") or included == pattern.endswith("$"):
        return None
    rest = pattern[1:] if included else pattern[1:-1]
    route, position = "", 0
    for match in _GROUP.finditer(rest):
        before, converter = _plain(rest[position : match.start()]), _CONVERTERS.get(match[2], "")
        if before is None or not converter:
            return None
        route += f"{before}<{match[1]}>" if converter == "str" else f"{before}<{converter}:{match[1]}>"
        position = match.end()
    last = _plain(rest[position:])
    return None if last is None else route + last


def _plain(text: str) -> str | None:
    """Return the text that a piece of a regular expression stands for; None if it is more than text."""
    bare = _ESCAPED.sub("", text)
    if not _PLAIN.fullmatch(bare):
        return None
    return _ESCAPED.sub(r"\1", text)


def _move_include(patch: Patch) -> None:
    """``include`` comes along from django.conf.urls to django.urls, as both have it."""
    for one in patch.module.imports:
        if one.origin == "django.conf.urls.include" and one.name and not one.conditional and not patch.skips(one.item):
            after = one.statement if one.scope != patch.module.tree.root_node.id else None
            patch.rename_import(one, Wanted(module="django.urls", name="include", alias=one.alias, after=after))
