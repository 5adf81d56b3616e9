"""Rendering with ``Context`` objects: dictionaries and the request take their place.

https://docs.djangoproject.com/en/1.8/releases/1.8/#dictionary-and-context-instance-arguments-of-rendering-functions
"""

from __future__ import annotations

import functools
from collections.abc import Iterator

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.fixers.templates.contexts import TEMPLATE, Made, bound_once, context_at, is_context, settle_source, written
from djup.source.calls import Argument, Call, call_of, insert_first, remove_item, rename_keyword
from djup.source.edits import Edit
from djup.source.tree import field, statement_of, text_of

_LOADERS = tuple(
    f"{module}.{name}"
    for module in ("django.template.loader", "django.template")
    for name in ("get_template", "select_template")
)
_RESPONSE = ("django.shortcuts.render_to_response",)
_RENDER = ("django.shortcuts.render",)
_STRING = ("django.template.loader.render_to_string",)
_TOGETHER = {"dictionary", "context"}
"""The keywords by which the values of a template are given."""


def render_response(patch: Patch) -> None:
    """``render_to_response("a.html", values, context_instance=RequestContext(request))`` is ``render(request, …)``."""
    for call, given, made in _contexts(patch, _RESPONSE):
        if made.request:
            render = patch.need("django.shortcuts", "render", call.node)
            patch.replace(call.function, render)
            patch.edit(insert_first(patch.module.body, call.brackets, made.request))
        _without_context(patch, call, given, made)


def render_request(patch: Patch) -> None:
    """``render(request, "a.html", values, context_instance=RequestContext(request))`` names it once."""
    for call, given, made in _contexts(patch, _RENDER, before=2):
        _without_context(patch, call, given, made, before=2)


def render_string(patch: Patch) -> None:
    """``render_to_string("a.html", values, RequestContext(request))`` takes ``request=request``."""
    for call, given, made in _contexts(patch, _STRING):
        _without_context(patch, call, given, made, after=f"request={made.request}" if made.request else "")
    _dictionaries(patch)


def _contexts(patch: Patch, functions: tuple[str, ...], before: int = 1) -> Iterator[tuple[Call, Argument, Made]]:
    """The calls that are given a context that can be read, in place of their values or after them.

    ``before`` arguments come before the values. Other contexts are reported.
    """
    for call in (one for dotted in functions for one in patch.module.calls(dotted)):
        given = _context_argument(patch, call, before)
        if given is None or patch.skips(call.node):
            continue
        made = context_at(patch, given.value, functools.partial(_is_taken, patch, functions, before))
        if made is None or not _fits(patch, call, given, made, before):
            patch.report(call.node)
        else:
            yield call, given, made


def _dictionaries(patch: Patch) -> None:
    for dotted in (*_RESPONSE, *_RENDER, *_STRING):
        for call in patch.module.calls(dotted):
            named = call.keyword("dictionary")
            if named is None or call.keyword("context") is not None or patch.skips(call.node):
                continue
            if not is_context(patch, named.value):
                patch.edit(rename_keyword(named, "context"))


def _context_argument(patch: Patch, call: Call, before: int) -> Argument | None:
    """The argument that is a context: ``context_instance``, or what is given for the values."""
    late = call.positional[before + 1] if len(call.positional) > before + 1 else None
    explicit = call.keyword("context_instance") or late
    if explicit is not None and explicit.value.type not in {"string", "concatenated_string"}:
        return explicit
    values = call.positional[before] if len(call.positional) > before else None
    values = values or next((one for one in call.arguments if one.name in _TOGETHER), None)
    return values if values is not None and is_context(patch, values.value) else None


def _is_taken(patch: Patch, functions: tuple[str, ...], before: int, node: Node, named: bool) -> bool:
    """Whether a name stands for the context of a call that is rewritten with it."""
    outer = node.parent
    brackets = outer.parent if outer is not None and outer.type == "keyword_argument" else outer
    function = field(brackets.parent, "function") if brackets is not None and brackets.parent is not None else None
    call = call_of(function) if function is not None else None
    if function is None or call is None or not {*functions}.intersection(patch.module.origins(function)):
        return False
    given = _context_argument(patch, call, before)
    if given is None or given.value != node or patch.skips(call.node):
        return False
    return _is_last(call, given) and not (named and not _can_join(call, given, before, text_of(node).decode()))


def _fits(patch: Patch, call: Call, given: Argument, made: Made, before: int) -> bool:
    """Whether a call has one place for its values, and names no other request."""
    if call.unpacks or not _is_last(call, given):
        return False
    if made.values and not _can_join(call, given, before, made.values):
        return False
    if before == 1:
        return True
    return made.request in {"", text_of(call.arguments[0].value).decode()} and not patch.skips(call.node)


def _is_last(call: Call, given: Argument) -> bool:
    return bool(given.name) or call.positional[-1] == given


def _values_beside(call: Call, given: Argument, before: int) -> Argument | None:
    """The values that a call is given beside its context."""
    if len(call.positional) > before and call.positional[before] != given:
        return call.positional[before]
    return next((one for one in call.arguments if one.name in _TOGETHER and one != given), None)


def _can_join(call: Call, given: Argument, before: int, values: str) -> bool:
    """Whether values of a context can go together with those beside it: these are written out, or the same."""
    beside = _values_beside(call, given, before)
    return beside is None or beside.value.type == "dictionary" or text_of(beside.value).decode() == values


def _without_context(
    patch: Patch, call: Call, given: Argument, made: Made, before: int = 1, *, after: str = ""
) -> None:
    """Give the values themselves in the place of a context, and ``after`` them what is asked for besides."""
    settle_source(patch, made)
    beside = _values_beside(call, given, before)
    values = made.values
    if beside is not None:
        old = text_of(beside.value).decode()
        if values not in {"", "{}", old}:
            patch.replace(beside.value, f"dict({values}, **{old})")
        values = ""
    texts = [one for one in (values, after) if one]
    if not texts:
        patch.edit(remove_item(patch.module.body, call.brackets, given.node))
    elif given.name and values and len(call.positional) == before:
        patch.edit(remove_item(patch.module.body, call.brackets, given.node))
        last = call.positional[before - 1].node.end_byte
        patch.edit(Edit(start=last, end=last, text="".join(f", {one}" for one in texts).encode()))
    else:
        patch.replace(given.node, ", ".join(texts))


def template_render(patch: Patch) -> None:
    """``get_template("a.html").render(Context(values))`` is ``….render(values)``, with the request if it had one."""
    for call in patch.module.calls(".render"):
        if len(call.arguments) != 1 or patch.skips(call.node) or not _is_rendered(patch, call.arguments[0].value):
            continue
        argument = call.arguments[0]
        made = context_at(patch, argument.value, lambda node, _: _is_rendered(patch, node))
        if made is None or argument.name:
            if argument.value.type == "call":
                patch.report(call.node)
            continue
        settle_source(patch, made)
        text = ", ".join(one for one in (made.values or ("{}" if made.request else ""), made.request) if one)
        patch.replace(argument.node, text)


def _is_rendered(patch: Patch, node: Node) -> bool:
    """Whether an expression is what a template that was loaded is rendered with."""
    brackets = node.parent
    call = brackets.parent if brackets is not None and brackets.type == "argument_list" else None
    function = field(call, "function") if call is not None and call.type == "call" else None
    owner = field(function, "object") if function is not None and function.type == "attribute" else None
    if function is None or owner is None or text_of(field(function, "attribute")) != b"render":
        return False
    return _is_loaded(patch, owner)


def _is_loaded(patch: Patch, owner: Node) -> bool:
    """Whether an object comes from ``get_template()``, at once or by the one assignment its name has."""
    if owner.type == "call":
        function = field(owner, "function")
        return function is not None and bool({*patch.module.origins(function)} & {*_LOADERS})
    bound = bound_once(owner)
    return bound is not None and bound.type == "call" and _is_loaded(patch, bound)


def template_response(patch: Patch) -> None:
    """``TemplateResponse(request, "a.html", Context(values))`` takes the values themselves."""
    for name in ("TemplateResponse", "SimpleTemplateResponse"):
        for home in ("django.template.response", "django.template"):
            for call in patch.module.calls(f"{home}.{name}"):
                place = 2 if name == "TemplateResponse" else 1
                given = call.keyword("context") or (call.positional[place] if len(call.positional) > place else None)
                made = written(patch, given.value) if given is not None else None
                if given is None or made is None or patch.skips(call.node):
                    continue
                patch.replace(given.value, made.values or "{}")


def current_app(patch: Patch) -> None:
    """``render(request, …, current_app=x)``: ``request.current_app = x`` comes before, on a line of its own.

    https://docs.djangoproject.com/en/1.8/releases/1.8/#current-app-argument-of-template-related-apis
    """
    wanted = [*_RENDER, *(f"{one}.TemplateResponse" for one in ("django.template.response", "django.template"))]
    for dotted in (*wanted, *(f"{one}.{name}" for one in TEMPLATE for name in ("Context", "RequestContext"))):
        for call in patch.module.calls(dotted):
            named = call.keyword("current_app")
            if named is None or patch.skips(call.node):
                continue
            first = call.positional[0].value if call.positional else None
            statement = call.node.parent
            simple = statement is not None and statement.type in {
                "return_statement",
                "expression_statement",
                "assignment",
            }
            if dotted not in wanted:
                simple = dotted.endswith("RequestContext") and _is_of_simple_statement(call.node)
            if first is None or first.type not in {"identifier", "attribute"} or not simple:
                patch.report(call.node)
                continue
            _set_before(patch, call, named, text_of(first).decode())


def _is_of_simple_statement(node: Node) -> bool:
    """Whether what is set on the line before holds for an expression: nothing puts it off, no condition comes first."""
    late = {"lambda", "conditional_expression", "boolean_operator", "list_comprehension", "generator_expression"}
    statement = statement_of(node)
    if statement.type not in {"return_statement", "expression_statement"}:
        return False
    outer: Node | None = node
    while outer is not None and outer != statement:
        if outer.type in late:
            return False
        outer = outer.parent
    return True


def _set_before(patch: Patch, call: Call, named: Argument, request: str) -> None:
    body = patch.module.body
    start = statement_of(call.node).start_byte
    indent = body[body.rfind(b"\n", 0, start) + 1 : start].decode()
    if indent.strip():
        patch.report(call.node)
        return
    line = f"{request}.current_app = {text_of(named.value).decode()}\n{indent}"
    patch.edit(Edit(start=start, end=start, text=line.encode()))
    patch.edit(remove_item(body, call.brackets, named.node))
