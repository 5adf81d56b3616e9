"""Functions that Python's standard library dropped, each replaced by what does the same."""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.source.calls import Call, call_of
from djup.source.names import Imported
from djup.source.tree import field, text_of


def _calls(patch: Patch, dotted: str) -> list[tuple[Node, Call]]:
    pairs = [(node, call_of(node)) for node in patch.module.uses(dotted) if not patch.skips(node)]
    return [(node, call) for node, call in pairs if call is not None and not call.unpacks]


def imp(patch: Patch) -> None:
    """``import imp`` goes where nothing of it is left; a lone ``imp.find_module(name)`` asks whether ``name`` is there.

    ``import_module`` raises the same ImportError where it is not, and imports it where it is.
    """
    for one in patch.module.imports:
        if one.module == "imp" and one.conditional and not one.name and not one.alias and not patch.skips(one.item):
            _ask_by_importlib(patch, one)
    for node, call in _calls(patch, "imp.find_module"):
        statement = call.node.parent
        if statement is not None and statement.type == "expression_statement" and len(call.arguments) == 1:
            patch.replace(node, patch.need("importlib", "import_module", node))
    for one in patch.module.imports:
        if one.module == "imp" and not one.name and not one.conditional and not patch.skips(one.item):
            references = patch.module.references(one)
            moved = [node for node in references if text_of(node.parent) == f"{one.local}.reload".encode()]
            if not references or len(moved) == len(references):
                patch.drop_import(one)


def _ask_by_importlib(patch: Patch, one: Imported) -> None:
    """``try: import imp; imp.find_module(name)`` asks by ``importlib``, where nothing else is done with it."""
    places = [node.parent for node in patch.module.references(one)]
    lone = [node for node in places if node is not None and _asks_alone(node)]
    if lone and len(lone) == len(places):
        patch.replace(one.item, "importlib")
        for node in lone:
            patch.replace(node, "importlib.import_module")


def _asks_alone(attribute: Node) -> bool:
    call = attribute.parent
    outer = call.parent if call is not None else None
    found = text_of(attribute) == b"imp.find_module" and outer is not None and outer.type == "expression_statement"
    return found and call is not None and call.type == "call"


def cgi_escape(patch: Patch) -> None:
    """``cgi.escape(s)`` left quotes alone unless asked; ``html.escape(s)`` takes them unless told not to."""
    for node, call in _calls(patch, "cgi.escape"):
        quote = call.keyword("quote") or (call.positional[1] if len(call.positional) > 1 else None)
        given = text_of(quote.value).decode() if quote else "False"
        more = "" if given == "True" else f", quote={given}"
        escape = patch.need("html", "escape", node)
        patch.replace(call.node, f"{escape}({text_of(call.positional[0].value).decode()}{more})")


def getargspec(patch: Patch) -> None:
    """``getargspec(f).args`` and its first items are the same of ``getfullargspec(f)``; other uses are not."""
    for node, call in _calls(patch, "inspect.getargspec"):
        outer = call.node.parent
        named = outer is not None and outer.type == "attribute"
        known = named and text_of(field(outer, "attribute")) in {b"args", b"varargs", b"defaults"} if outer else False
        first = outer is not None and outer.type == "subscript" and text_of(outer).endswith((b"[0]", b"[1]"))
        if known or first:
            patch.replace(node, f"{_module_of(node)}getfullargspec")
            if node.type == "identifier":
                patch.need("inspect", "getfullargspec", node)
        else:
            patch.report(node)


def _module_of(node: Node) -> str:
    """The part of ``inspect.getargspec`` before its last name, with the dot."""
    owner = field(node, "object") if node.type == "attribute" else None
    return f"{text_of(owner).decode()}." if owner is not None else ""


def make_suite(patch: Patch) -> None:
    """``unittest.makeSuite(Case)`` is what the default loader makes of the class."""
    for node, call in _calls(patch, "unittest.makeSuite"):
        if len(call.arguments) == 1:
            loader = patch.need("unittest", "defaultTestLoader", node)
            patch.replace(call.node, f"{loader}.loadTestsFromTestCase({text_of(call.arguments[0].value).decode()})")
        else:
            patch.report(node)


def html_parser_unescape(patch: Patch) -> None:
    """``HTMLParser().unescape(text)`` is ``html.unescape(text)``."""
    for _, call in _calls(patch, "html.parser.HTMLParser"):
        attribute = call.node.parent
        if attribute is not None and text_of(field(attribute, "attribute")) == b"unescape":
            patch.replace(attribute, patch.need("html", "unescape", attribute))
