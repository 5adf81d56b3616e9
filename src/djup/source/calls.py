"""Calls: their arguments one by one, and edits that add, rename or take away an argument."""

from __future__ import annotations

from collections.abc import Sequence

from tree_sitter import Node

from djup.model import Record
from djup.source.edits import Edit
from djup.source.text import line_end
from djup.source.tree import field, text_of


class Argument(Record):
    """One argument: ``name`` is its keyword (``""`` if positional), ``stars`` is ``*`` or ``**`` if unpacked."""

    node: Node
    value: Node
    name: str = ""
    stars: str = ""


class Call(Record):
    """A call whose argument list is written in parentheses."""

    node: Node
    function: Node
    brackets: Node
    arguments: tuple[Argument, ...]

    def keyword(self, name: str) -> Argument | None:
        """The argument given by a keyword."""
        return next((one for one in self.arguments if one.name == name), None)

    @property
    def positional(self) -> tuple[Argument, ...]:
        """The plain positional arguments, in order."""
        return tuple(one for one in self.arguments if not one.name and not one.stars)

    @property
    def unpacks(self) -> bool:
        """Whether ``*args`` or ``**kwargs`` hide what is passed."""
        return any(one.stars for one in self.arguments)


def call_of(function: Node) -> Call | None:
    """Return the call whose function a node is; None if it is not called, or called with a bare generator."""
    node = function.parent
    if node is None or node.type != "call" or field(node, "function") != function:
        return None
    brackets = field(node, "arguments")
    if brackets is None or brackets.type != "argument_list":
        return None
    return Call(node=node, function=function, brackets=brackets, arguments=arguments_in(brackets))


def arguments_in(brackets: Node) -> tuple[Argument, ...]:
    """Read an argument list: of a call, or of the bases of a class."""
    return tuple(_argument(child) for child in brackets.named_children if child.type != "comment")


def _argument(node: Node) -> Argument:
    if node.type == "keyword_argument":
        return Argument(node=node, value=field(node, "value") or node, name=text_of(field(node, "name")).decode())
    if node.type in {"list_splat", "dictionary_splat"}:
        return Argument(node=node, value=node.named_children[0], stars="*" if node.type == "list_splat" else "**")
    return Argument(node=node, value=node)


def rename_keyword(argument: Argument, name: str) -> Edit:
    """Give a keyword argument another keyword."""
    old = field(argument.node, "name") or argument.node
    return Edit(start=old.start_byte, end=old.end_byte, text=name.encode())


def remove_item(body: bytes, brackets: Node, item: Node) -> Edit:
    """Take one item out of a bracketed, comma-separated list: with its comma, its own line and its own comment."""
    items = [one for one in brackets.named_children if one.type != "comment"]
    place = items.index(item)
    if place + 1 < len(items):
        end = items[place + 1].start_byte
        comments = [one for one in brackets.children if one.type == "comment" and item.end_byte <= one.start_byte < end]
        end = next((one.start_byte for one in comments if one.start_point[0] != item.end_point[0]), end)
        return Edit(start=item.start_byte, end=end, text=b"")
    start = items[place - 1].end_byte if place else brackets.start_byte + 1
    return _remove_last(body, brackets, item, start, alone=place == 0)


def _remove_last(body: bytes, brackets: Node, item: Node, start: int, *, alone: bool) -> Edit:
    """Take the last item out; a trailing comma after it moves up, a bracket on its own line stays there."""
    comma = next((one for one in brackets.children if one.type == "," and one.start_byte >= item.end_byte), None)
    end = comma.end_byte if comma is not None else item.end_byte
    earlier = _comment_between(brackets, start, item.start_byte)
    if earlier is not None:
        start = earlier.end_byte
        return Edit(start=start, end=end, text=b"")
    trailing = _comment_between(brackets, end, brackets.end_byte)
    if trailing is not None and trailing.start_point[0] == item.end_point[0]:
        end = trailing.end_byte
    elif alone:
        end = len(body[:end]) + len(body[end : brackets.end_byte - 1]) - len(body[end : brackets.end_byte - 1].lstrip())
    return Edit(start=start, end=end, text=b"" if alone or comma is None else b",")


def _comment_between(brackets: Node, start: int, end: int) -> Node | None:
    return next(
        (one for one in brackets.children if one.type == "comment" and start <= one.start_byte < end),
        None,
    )


def append_items(body: bytes, brackets: Node, texts: Sequence[str]) -> Edit:
    """Add items at the end of a bracketed list, in its own style: on one line, or one to a line."""
    items = [one for one in brackets.named_children if one.type != "comment"]
    if not items:
        return Edit(start=brackets.start_byte + 1, end=brackets.start_byte + 1, text=", ".join(texts).encode())
    last = items[-1]
    comma = next((one for one in brackets.children if one.type == "," and one.start_byte >= last.end_byte), None)
    place = comma.end_byte if comma is not None else last.end_byte
    gap = _gap(body, brackets, last, several=comma is not None)
    joined = f",{gap}".join(texts)
    text = f"{'' if comma is not None else ','}{gap}{joined}{',' if comma is not None else ''}"
    return Edit(start=place, end=place, text=text.encode())


def insert_first(body: bytes, brackets: Node, text: str) -> Edit:
    """Put an item before the first of a bracketed list that has some, on a line of its own where that has one."""
    first = next(one for one in brackets.named_children if one.type != "comment")
    return Edit(
        start=first.start_byte,
        end=first.start_byte,
        text=f"{text},{_gap(body, brackets, first, several=False)}".encode(),
    )


def insert_after(body: bytes, brackets: Node, item: Node, text: str) -> Edit:
    """Put an item after another of a bracketed list, on a line of its own where that one has one."""
    return Edit(
        start=item.end_byte,
        end=item.end_byte,
        text=f",{_gap(body, brackets, item, several=False)}{text}".encode(),
    )


def _gap(body: bytes, brackets: Node, last: Node, *, several: bool) -> str:
    """What stands between items: a line break with their indent, where they stand on lines of their own."""
    newline = line_end(body).decode()
    for item in (last, brackets.named_children[0]):
        line_start = body.rfind(b"\n", 0, item.start_byte) + 1
        indent = body[line_start : item.start_byte]
        if line_start > brackets.start_byte and not indent.strip() and (item == last or several):
            return newline + indent.decode()
    return " "
