"""``Context`` and ``RequestContext`` objects: what they are made from, and when a dictionary can take their place."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.statements import drop_statement
from djup.model import Record
from djup.source.calls import Call, call_of
from djup.source.tree import field, text_of, walk, within

TEMPLATE = ("django.template", "django.template.context", "django.template.base")
Takes = Callable[[Node, bool], bool]
"""Whether a name stands where a fixer takes a context from; told, besides, whether the name will be needed there."""


class Made(Record):
    """A context: the request it got (``""``: none) and the expression of what is in it (``""``: nothing).

    ``sources`` are the calls that a name was given, each with the dictionary that is to take its place; without one the
    name is needed no longer.
    """

    request: str
    values: str
    sources: tuple[tuple[Node, str], ...] = ()


def is_context(patch: Patch, node: Node) -> bool:
    """Whether an expression is a context, however it is made, or a name that is given one."""
    if node.type == "identifier":
        return any(_makes(patch, one, "Context", "RequestContext") for one in _bound(node))
    return _makes(patch, node, "Context", "RequestContext")


def context_at(patch: Patch, node: Node, takes: Takes) -> Made | None:
    """Read a context that is written out, or a name given one that is used for nothing but what ``takes`` takes."""
    if node.type != "identifier":
        return written(patch, node)
    bound = _bound(node)
    given = [written(patch, one) for one in bound]
    made = [one for one in given if one is not None]
    scope = within(node, "function_definition", "module")
    if not made or len(made) != len(given) or len({one.request for one in made}) != 1 or scope is None:
        return None
    used = [one for one in walk(scope) if _is_use(one, node, bound)]
    filled = [one for one in used if _is_filled(one)]
    named = bool(filled) or any(one.values for one in made)
    fresh = not filled or all(_is_fresh(one) for one in bound)
    if not fresh or not all(one in filled or takes(one, named) for one in used):
        return None
    texts = [one.values or "{}" if named else "" for one in made]
    values = text_of(node).decode() if named else ""
    return Made(request=made[0].request, values=values, sources=tuple(zip(bound, texts, strict=True)))


def settle_source(patch: Patch, made: Made) -> None:
    """Let the name of a context hold a dictionary, or go where it holds nothing that is needed."""
    for source, filled in made.sources:
        if filled:
            patch.replace(source, filled)
        elif source.parent is not None:
            drop_statement(patch, source.parent)


def written(patch: Patch, node: Node) -> Made | None:
    """Read ``Context({…})`` and ``RequestContext(request, {…})``, and ``None``; None for anything else."""
    if node.type == "none":
        return Made(request="", values="")
    call = _call(node)
    if call is None or call.unpacks or any(one.name for one in call.arguments):
        return None
    texts = [text_of(one.value).decode() for one in call.positional]
    if _makes(patch, node, "RequestContext") and 1 <= len(texts) <= 2:  # noqa: PLR2004  # request, values
        return Made(request=texts[0], values=texts[1] if len(texts) > 1 else "")
    if _makes(patch, node, "Context") and len(texts) <= 1:
        if texts and not is_dictionary(call.positional[0].value):
            return None
        return Made(request="", values=texts[0] if texts else "")
    return None


def _call(node: Node) -> Call | None:
    function = field(node, "function") if node.type == "call" else None
    return call_of(function) if function is not None else None


def _makes(patch: Patch, node: Node, *names: str) -> bool:
    function = field(node, "function") if node.type == "call" else None
    wanted = {f"{module}.{name}" for module in TEMPLATE for name in names}
    return function is not None and bool(wanted.intersection(patch.module.origins(function)))


def is_dictionary(value: Node) -> bool:
    """Whether what a context is made from is sure to be a dictionary, no context itself."""
    if value.type in {"dictionary", "dictionary_comprehension"}:
        return True
    if value.type == "call":
        return text_of(field(value, "function")) in {b"dict", b"locals"}
    bound = _bound(value)
    if bound and all(is_dictionary(one) for one in bound):
        return True
    scope = within(value, "function_definition")
    parameters = field(scope, "parameters") if scope is not None else None
    stars = parameters.named_children if parameters is not None else []
    return any(one.type == "dictionary_splat_pattern" and text_of(one)[2:] == text_of(value) for one in stars)


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


def bound_once(name: Node) -> Node | None:
    """What a name is given by the one assignment it has in its function."""
    bound = _bound(name)
    return bound[0] if len(bound) == 1 else None


def _is_use(node: Node, name: Node, bound: Sequence[Node]) -> bool:
    """Whether a node is another mention of a name than its assignments: no attribute, no keyword of its spelling."""
    if node.type != "identifier" or text_of(node) != text_of(name):
        return False
    parent = node.parent
    if parent is None or (parent.type == "assignment" and field(parent, "right") in bound):
        return False
    return not any(field(parent, one) == node for one in ("attribute", "name"))


def _is_filled(node: Node) -> bool:
    """Whether a context is only added to, as a dictionary is: ``context["a"] = 1``, ``context.update(…)``."""
    outer = node.parent
    if outer is None or outer.parent is None:
        return False
    if outer.type == "subscript" and field(outer, "value") == node:
        return outer.parent.type == "assignment" and field(outer.parent, "left") == outer
    call = outer.parent
    updates = outer.type == "attribute" and text_of(field(outer, "attribute")) == b"update"
    return updates and call.type == "call" and call.parent is not None and call.parent.type == "expression_statement"


def _is_fresh(source: Node) -> bool:
    """Whether a context is made from nothing, or from a dictionary that nothing else knows."""
    call = _call(source)
    last = call.positional[-1].value if call is not None and call.positional else None
    is_values = last is not None and (len(call.positional) > 1 if call is not None else False)
    if text_of(field(source, "function")).endswith(b"RequestContext") and not is_values:
        return True
    return last is None or last.type == "dictionary" or text_of(field(last, "function")) == b"dict"
