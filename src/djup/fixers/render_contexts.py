"""Rendering with ``Context`` objects: dictionaries and the request take their place.

https://docs.djangoproject.com/en/1.8/releases/1.8/#dictionary-and-context-instance-arguments-of-rendering-functions
"""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from djup.fixers.patch import Patch
from djup.model import Record
from djup.source.calls import Argument, Call, call_of, insert_first, remove_item, rename_keyword
from djup.source.edits import Edit
from djup.source.tree import field, text_of, walk, within

_TEMPLATE = ("django.template", "django.template.context", "django.template.base")
_LOADERS = tuple(
    f"{module}.{name}"
    for module in ("django.template.loader", "django.template")
    for name in ("get_template", "select_template")
)
_RESPONSE = ("django.shortcuts.render_to_response",)
_RENDER = ("django.shortcuts.render",)
_STRING = ("django.template.loader.render_to_string",)


class Made(Record):
    """A context written out as a call: the request it got (``""``: none) and what is in it (``""``: nothing)."""

    request: str
    values: str


def made_context(patch: Patch, node: Node) -> Made | None:
    """Read ``Context({…})`` and ``RequestContext(request, {…})``; None for anything else, also with more arguments."""
    function = field(node, "function") if node.type == "call" else None
    call = call_of(function) if function is not None else None
    if function is None or call is None or call.unpacks or any(one.name for one in call.arguments):
        return None
    origins = patch.module.origins(function)
    texts = [text_of(one.value).decode() for one in call.positional]
    if {f"{one}.RequestContext" for one in _TEMPLATE} & {*origins} and 1 <= len(texts) <= 2:  # noqa: PLR2004  # request, values
        return Made(request=texts[0], values=texts[1] if len(texts) > 1 else "")
    if {f"{one}.Context" for one in _TEMPLATE} & {*origins} and len(texts) <= 1:
        if texts and not _is_dictionary(call.positional[0].value):
            return None
        return Made(request="", values=texts[0] if texts else "")
    return None


def _is_dictionary(value: Node) -> bool:
    """Whether what a context is made from is sure to be a dictionary, no context itself."""
    if value.type in {"dictionary", "dictionary_comprehension"}:
        return True
    if value.type == "call":
        return text_of(field(value, "function")) in {b"dict", b"locals"}
    bound = _bound(value)
    if bound and all(_is_dictionary(one) for one in bound):
        return True
    scope = within(value, "function_definition")
    parameters = field(scope, "parameters") if scope is not None else None
    stars = parameters.named_children if parameters is not None else []
    return any(one.type == "dictionary_splat_pattern" and text_of(one)[2:] == text_of(value) for one in stars)


def render_response(patch: Patch) -> None:
    """``render_to_response("a.html", values, context_instance=RequestContext(request))`` is ``render(request, …)``."""
    for call, given, made in _contexts(patch, _RESPONSE):
        if not made.request:
            patch.report(call.node)
            continue
        render = patch.need("django.shortcuts", "render", call.node)
        patch.replace(call.function, render)
        patch.edit(insert_first(patch.module.body, call.brackets, made.request))
        _without_context(patch, call, given, made)


def render_request(patch: Patch) -> None:
    """``render(request, "a.html", values, context_instance=RequestContext(request))`` names it once."""
    for call, given, made in _contexts(patch, _RENDER, before=2):
        if made.request != (text_of(call.arguments[0].value).decode() if call.arguments else ""):
            patch.report(call.node)
        else:
            _without_context(patch, call, given, made, before=2)


def render_string(patch: Patch) -> None:
    """``render_to_string("a.html", values, RequestContext(request))`` takes ``request=request``."""
    for call, given, made in _contexts(patch, _STRING):
        if made.request:
            patch.replace(given.node, f"request={made.request}")
            if made.values:
                _add_values(patch, call, made.values, 1)
        else:
            _without_context(patch, call, given, made)
    _dictionaries(patch)


def _contexts(patch: Patch, functions: tuple[str, ...], before: int = 1) -> Iterator[tuple[Call, Argument, Made]]:
    """The calls that are given a context which is written out, after ``before`` other arguments and the values.

    Other contexts are reported.
    """
    for call in (one for dotted in functions for one in patch.module.calls(dotted)):
        given = _context_argument(call, before + 1)
        if given is None or patch.skips(call.node):
            continue
        made = made_context(patch, given.value)
        if call.unpacks or made is None or _values(call, given, made, before) is None:
            patch.report(call.node)
        else:
            yield call, given, made


def _dictionaries(patch: Patch) -> None:
    for dotted in (*_RESPONSE, *_RENDER, *_STRING):
        for call in patch.module.calls(dotted):
            named = call.keyword("dictionary")
            if named is not None and call.keyword("context") is None and not patch.skips(call.node):
                patch.edit(rename_keyword(named, "context"))


def _context_argument(call: Call, place: int) -> Argument | None:
    return call.keyword("context_instance") or (call.positional[place] if len(call.positional) > place else None)


def _values(call: Call, given: Argument, made: Made | None, before: int = 1) -> bool | None:
    """Whether a call has values beside its context; None where both have some, or more comes after by position."""
    beside = len(call.positional) > before and call.positional[before] != given
    beside = beside or any(one.name in {"dictionary", "context"} for one in call.arguments)
    late = not given.name and call.positional[-1] != given
    if late or (made is not None and made.values and beside):
        return None
    return beside


def _without_context(patch: Patch, call: Call, given: Argument, made: Made, before: int = 1) -> None:
    if made.values:
        _add_values(patch, call, made.values, before)
    patch.edit(remove_item(patch.module.body, call.brackets, given.node))


def _add_values(patch: Patch, call: Call, values: str, place: int) -> None:
    before = call.positional[place - 1]
    patch.edit(Edit(start=before.node.end_byte, end=before.node.end_byte, text=f", {values}".encode()))


def template_render(patch: Patch) -> None:
    """``get_template("a.html").render(Context(values))`` is ``….render(values)``, with the request if it had one."""
    for call in patch.module.calls(".render"):
        owner = field(call.function, "object")
        if owner is None or len(call.arguments) != 1 or patch.skips(call.node) or not _is_loaded(patch, owner):
            continue
        argument = call.arguments[0]
        made = made_context(patch, argument.value)
        held = None if made is not None else _held(patch, argument.value)
        if made is None and held is not None:
            made = made_context(patch, held)
        if made is None or argument.name:
            if argument.value.type == "call":
                patch.report(call.node)
            continue
        if held is not None:
            patch.replace(held, made.values or "{}")
            text = f"{text_of(argument.value).decode()}, {made.request}" if made.request else ""
        else:
            text = ", ".join(one for one in (made.values or ("{}" if made.request else ""), made.request) if one)
        if text or held is None:
            patch.replace(argument.node, text)


def _is_loaded(patch: Patch, owner: Node) -> bool:
    """Whether an object comes from ``get_template()``, at once or by the one assignment its name has."""
    if owner.type == "call":
        function = field(owner, "function")
        return function is not None and bool({*patch.module.origins(function)} & {*_LOADERS})
    bound = _bound(owner)
    return len(bound) == 1 and bound[0].type == "call" and _is_loaded(patch, bound[0])


def _held(patch: Patch, name: Node) -> Node | None:
    """The call that made a context which is used for nothing but rendering loaded templates."""
    bound = _bound(name)
    scope = within(name, "function_definition", "module")
    if len(bound) != 1 or scope is None or made_context(patch, bound[0]) is None:
        return None
    for node in walk(scope):
        if node.type != "identifier" or text_of(node) != text_of(name) or node.start_byte < bound[0].start_byte:
            continue
        brackets = node.parent
        call = brackets.parent if brackets is not None and brackets.type == "argument_list" else None
        function = field(call, "function") if call is not None and call.type == "call" else None
        owner = field(function, "object") if function is not None and function.type == "attribute" else None
        if function is None or owner is None or text_of(field(function, "attribute")) != b"render":
            return None
        if not _is_loaded(patch, owner):
            return None
    return bound[0]


def _bound(name: Node) -> list[Node]:
    """What a name is given in its function: the right sides of its assignments; nothing where it is a parameter."""
    scope = within(name, "function_definition", "module")
    if name.type != "identifier" or scope is None:
        return []
    parameters = field(scope, "parameters")
    if parameters is not None and text_of(name) in [text_of(one) for one in walk(parameters)]:
        return []
    given = [one for one in walk(scope) if one.type in {"assignment", "augmented_assignment"}]
    values = [field(one, "right") for one in given if text_of(field(one, "left")) == text_of(name)]
    return [one for one in values if one is not None]


def template_response(patch: Patch) -> None:
    """``TemplateResponse(request, "a.html", Context(values))`` takes the values themselves."""
    for name in ("TemplateResponse", "SimpleTemplateResponse"):
        for home in ("django.template.response", "django.template"):
            for call in patch.module.calls(f"{home}.{name}"):
                place = 2 if name == "TemplateResponse" else 1
                given = call.keyword("context") or (call.positional[place] if len(call.positional) > place else None)
                made = made_context(patch, given.value) if given is not None else None
                if given is None or made is None or patch.skips(call.node):
                    continue
                patch.replace(given.value, made.values or "{}")


def current_app(patch: Patch) -> None:
    """``render(request, …, current_app=x)``: ``request.current_app = x`` comes before, on a line of its own.

    https://docs.djangoproject.com/en/1.8/releases/1.8/#current-app-argument-of-template-related-apis
    """
    wanted = [*_RENDER, *(f"{one}.TemplateResponse" for one in ("django.template.response", "django.template"))]
    for dotted in (*wanted, *(f"{one}.{name}" for one in _TEMPLATE for name in ("Context", "RequestContext"))):
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
            if dotted not in wanted or first is None or first.type not in {"identifier", "attribute"} or not simple:
                patch.report(call.node)
                continue
            _set_before(patch, call, named, text_of(first).decode())


def _set_before(patch: Patch, call: Call, named: Argument, request: str) -> None:
    statement = call.node.parent
    if statement is not None and statement.type == "assignment":
        statement = statement.parent
    body = patch.module.body
    start = statement.start_byte if statement is not None else call.node.start_byte
    indent = body[body.rfind(b"\n", 0, start) + 1 : start].decode()
    if indent.strip():
        patch.report(call.node)
        return
    line = f"{request}.current_app = {text_of(named.value).decode()}\n{indent}"
    patch.edit(Edit(start=start, end=start, text=line.encode()))
    patch.edit(remove_item(body, call.brackets, named.node))
