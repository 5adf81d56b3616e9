"""``django.utils.six``: each of its names has a Python 3 form; moved modules come from the change's own data.

What the names stood for on Python 3: django/utils/six.py of Django 2.2, which is six 1.11.
"""

from __future__ import annotations

from collections.abc import Callable

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.branches import settle
from djup.fixers.syntax.decorators import drop_decorator
from djup.source.calls import Call, append_items, arguments_in, call_of
from djup.source.edits import Edit
from djup.source.strings import literal
from djup.source.tree import field, text_of

ROOT = "django.utils.six"
_WORDS = {
    "text_type": "str", "binary_type": "bytes", "unichr": "chr", "next": "next",
    "callable": "callable", "memoryview": "memoryview", "Iterator": "object", "print_": "print", "exec_": "exec",
    "moves.range": "range", "moves.xrange": "range", "moves.zip": "zip", "moves.map": "map", "moves.filter": "filter",
    "moves.input": "input", "advance_iterator": "next", "moves.intern": "sys.intern",
}  # fmt: skip
_TUPLES = {"string_types": "str", "integer_types": "int", "class_types": "type"}
_VIEWS = {
    "iteritems": "items", "itervalues": "values", "iterkeys": "keys",
    "viewitems": "items", "viewvalues": "values", "viewkeys": "keys",
}  # fmt: skip
_SELF = {"assertRaisesRegex", "assertRegex", "assertCountEqual"}
_PRIMARY = {"identifier", "attribute", "call", "subscript", "parenthesized_expression", "dictionary", "list", "set"}
_ITERATES = {b"list", b"tuple", b"sorted", b"dict", b"set", b"frozenset", b"enumerate", b"zip", b"map", b"sum", b"max",
             b"min", b"any", b"all", b"filter", b"chain", b"OrderedDict", b"reversed"}  # fmt: skip


def six(patch: Patch) -> None:
    """Write each use of ``django.utils.six`` as Python 3 has it; what has no plain form is left to a person."""
    for name, word in _WORDS.items():
        _words(patch, name, word)
    _versions(patch)
    for name, word in _TUPLES.items():
        for node in patch.module.uses(f"{ROOT}.{name}"):
            _put(patch, node, word if _is_type_argument(node) else f"({word},)")
    calls: dict[str, Callable[[Patch, Call, str], None]] = {
        **dict.fromkeys(_VIEWS, _view), **dict.fromkeys(_SELF, _method),
        "with_metaclass": _with_metaclass, "add_metaclass": _add_metaclass, "u": _literal, "b": _literal,
    }  # fmt: skip
    for name, rewrite in calls.items():
        for node in patch.module.uses(f"{ROOT}.{name}"):
            call = call_of(node)
            if call is not None and not patch.skips(node):
                rewrite(patch, call, name)
    for node in patch.module.uses(f"{ROOT}.python_2_unicode_compatible"):
        if not patch.skips(node):
            drop_decorator(patch, node)


def _versions(patch: Patch) -> None:
    """``six.PY3`` holds, ``six.PY2`` does not: branches that hang on one alone are settled."""
    module = patch.module
    uses = [(node, False) for node in module.uses(f"{ROOT}.PY2")] + [
        (node, True) for node in module.uses(f"{ROOT}.PY3")
    ]
    settled: set[int] = set()
    for node, truth in sorted(uses, key=lambda one: one[0].start_byte):
        if not patch.skips(node) and not settle(patch, node, settled, truth=truth):
            patch.replace(node, str(truth))


def _put(patch: Patch, node: Node, text: str) -> None:
    if not patch.skips(node):
        patch.replace(node, text)


def _words(patch: Patch, name: str, word: str) -> None:
    for one in patch.module.imported(f"{ROOT}.{name}"):
        if one.local == word and not one.conditional and not patch.is_exported(word):
            patch.drop_import(one)
    for node in patch.module.uses(f"{ROOT}.{name}"):
        if text_of(node).decode() != word:
            _put(patch, node, word)


def _is_type_argument(node: Node) -> bool:
    """Whether a tuple of types may as well be one type: in isinstance(), issubclass() or within a tuple there."""
    parent = node.parent
    if parent is not None and parent.type == "tuple":
        parent = parent.parent
    call = parent.parent if parent is not None and parent.type == "argument_list" else None
    return call is not None and text_of(field(call, "function")) in {b"isinstance", b"issubclass"}


def _view(patch: Patch, call: Call, name: str) -> None:
    """``six.iteritems(d)`` is ``iter(d.items())``; where it is only gone through, ``d.items()``."""
    if len(call.arguments) != 1 or call.unpacks:
        patch.report(call.node)
        return
    subject = call.arguments[0].value
    text = text_of(subject).decode()
    text = f"{text if subject.type in _PRIMARY else f'({text})'}.{_VIEWS[name]}()"
    plain = name.startswith("view") or _is_gone_through(call.node)
    patch.replace(call.node, text if plain else f"iter({text})")


def _is_gone_through(node: Node) -> bool:
    parent = node.parent
    if parent is None:
        return False
    if parent.type in {"for_statement", "for_in_clause"}:
        return field(parent, "right") == node
    call = parent.parent if parent.type == "argument_list" else None
    return call is not None and text_of(field(call, "function")).rpartition(b".")[2] in _ITERATES


def _method(patch: Patch, call: Call, name: str) -> None:
    """``six.assertRegex(self, …)`` is ``self.assertRegex(…)``."""
    if not call.positional or call.unpacks or len(call.arguments) < len(["self", "what"]):
        patch.report(call.node)
        return
    first, second = call.arguments[0].node, call.arguments[1].node
    patch.replace(call.function, f"{text_of(first).decode()}.{name}")
    patch.edit(Edit(start=first.start_byte, end=second.start_byte, text=b""))


def _with_metaclass(patch: Patch, call: Call, _: str) -> None:
    """``class A(six.with_metaclass(M, B), C)`` is ``class A(B, C, metaclass=M)``."""
    brackets = call.node.parent
    owner = brackets.parent if brackets is not None else None
    if brackets is None or owner is None or owner.type != "class_definition" or call.unpacks or not call.positional:
        patch.report(call.node)
        return
    meta, *bases = (text_of(one.node).decode() for one in call.arguments)
    others = [text_of(one.node).decode() for one in arguments_in(brackets) if one.node != call.node]
    if text_of(brackets).count(b"#"):
        patch.report(call.node)
        return
    bases = [one for one in bases if one != "object"]
    patch.edit(
        Edit(
            start=brackets.start_byte + 1,
            end=brackets.end_byte - 1,
            text=", ".join([*bases, *others, f"metaclass={meta}"]).encode(),
        )
    )


def _add_metaclass(patch: Patch, call: Call, _: str) -> None:
    """``@six.add_metaclass(M)`` over ``class A(B)`` is ``class A(B, metaclass=M)``."""
    decorator = call.node.parent
    decorated = decorator.parent if decorator is not None else None
    owner = field(decorated, "definition") if decorated is not None else None
    name = field(owner, "name") if owner is not None else None
    if owner is None or name is None or owner.type != "class_definition" or len(call.positional) != 1:
        patch.report(call.node)
        return
    meta = f"metaclass={text_of(call.positional[0].node).decode()}"
    brackets = field(owner, "superclasses")
    if brackets is None:
        patch.edit(Edit(start=name.end_byte, end=name.end_byte, text=f"({meta})".encode()))
    else:
        patch.edit(append_items(patch.module.body, brackets, [meta]))
    drop_decorator(patch, call.node)


def _literal(patch: Patch, call: Call, name: str) -> None:
    """``six.u("x")`` is ``"x"``, ``six.b("x")`` is ``b"x"``."""
    one = literal(call.positional[0].node) if len(call.arguments) == 1 and call.positional else None
    if one is None or (name == "b" and not one.value.isascii()):
        patch.report(call.node)
        return
    source = text_of(call.positional[0].node).decode()[len(one.prefix) :]
    raw = "r" if one.raw else ""
    patch.replace(call.node, f"{'b' if name == 'b' else ''}{raw}{source}")
