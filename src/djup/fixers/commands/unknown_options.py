"""Point at options that a command reads and neither declares nor names in ``stealth_options``."""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.knowledge.search import has_base
from djup.source.calls import call_of
from djup.source.strings import string_value
from djup.source.tree import field, text_of, walk

_BASIC = frozenset({
    "settings", "pythonpath", "verbosity", "traceback", "no_color", "force_color", "skip_checks", "stdout", "stderr",
    "version", "args",
})  # fmt: skip
"""The options that BaseCommand knows by itself (django/core/management/base.py of 2.0)."""
_ELSEWHERE = (b"super", b"make_option", b"(parser)", b"(parser,", b"create_parser")


def unknown_options(patch: Patch) -> None:
    """Point at options that a command reads and neither declares nor names in ``stealth_options``."""
    for definition in patch.module.methods("handle"):
        owner = definition.parent.parent if definition.parent is not None else None
        if owner is None or not has_base(patch.module, owner, ("BaseCommand",)):
            continue
        body = text_of(owner)
        bases = field(owner, "superclasses")
        several = bases is not None and len(bases.named_children) > 1
        if b"def add_arguments" not in body or several or any(one in body for one in _ELSEWHERE):
            continue
        known = _BASIC | {name for node in walk(owner) for name in _declared(node)}
        for node, name in _read(definition):
            if name not in known:
                patch.report(node)


def _declared(node: Node) -> list[str]:
    """The options that a call of ``add_argument()``, or a string in ``stealth_options``, makes known."""
    if node.type == "assignment" and text_of(field(node, "left")) == b"stealth_options":
        return [string_value(one) or "" for one in walk(node) if one.type == "string"]
    call = call_of(node) if node.type == "attribute" and text_of(node).endswith(b".add_argument") else None
    if call is None:
        return []
    dest = call.keyword("dest")
    names = [string_value(one.value) or "" for one in call.positional]
    found = [string_value(dest.value) or ""] if dest is not None else []
    return found + [one.lstrip("-").replace("-", "_") for one in names]


def _read(definition: Node) -> list[tuple[Node, str]]:
    """Where ``options["x"]`` and ``options.get("x")`` stand in a method."""
    found = []
    for node in walk(definition):
        if node.type == "subscript" and text_of(field(node, "value")) == b"options":
            key = field(node, "subscript")
        elif node.type == "call" and text_of(field(node, "function")) == b"options.get":
            brackets = field(node, "arguments")
            key = brackets.named_children[0] if brackets is not None and brackets.named_children else None
        else:
            continue
        name = string_value(key)
        if name:
            found.append((node, name))
    return found
