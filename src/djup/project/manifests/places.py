"""Every string of a TOML or JSON file with the keys that lead to it and the span it is written at."""

from __future__ import annotations

import functools
import itertools
import json
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

import tree_sitter_json
import tree_sitter_toml
from tree_sitter import Language, Node, Parser

from djup.errors import UsageError
from djup.model import Record

Keys = tuple[str | int, ...]

KEYS = ("bare_key", "quoted_key", "dotted_key")
TABLES = ("table", "table_array_element")


class Leaf(Record):
    """A string and where it stands.

    ``keys`` lead to it, list positions as integers; ``start`` and ``end`` are the offsets between its quotes;
    ``key_start`` that of the key it is given to, ``entry_start`` and ``entry_end`` those of key and value together, of
    the outermost key where inline tables of TOML lie in each other.
    """

    keys: Keys
    value: str
    start: int
    end: int
    key_start: int
    entry_start: int
    entry_end: int


def toml_leaves(text: str, path: PurePosixPath) -> tuple[Leaf, ...]:
    """The strings of a TOML text in the order they stand; raises UsageError naming file and line for what is none."""
    root = Parser(Language(tree_sitter_toml.language())).parse(text.encode()).root_node
    if root.has_error:
        _refuse(text, path)
    at = _characters(text)
    return tuple(_of_document(root, at))


def json_leaves(text: str, path: PurePosixPath) -> tuple[Leaf, ...]:
    """The strings of a JSON text in the order they stand; raises UsageError naming file and line for what is none."""
    root = Parser(Language(tree_sitter_json.language())).parse(text.encode()).root_node
    if root.has_error:
        try:
            json.loads(text.removeprefix("\ufeff"))
        except json.JSONDecodeError as error:
            raise UsageError(
                f"this is not JSON: {error.msg}.", path=str(path), line=error.lineno, hint="Mend that line."
            ) from error
    at = _characters(text)
    return tuple(leaf for node in root.named_children for leaf in _of_value(node, (), node, node, at))


def _refuse(text: str, path: PurePosixPath) -> None:
    try:
        tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        raise UsageError(
            f"this is not TOML: {error}.",
            path=str(path),
            line=int(line.group(1)) if line else 0,
            hint="Mend that line.",
        ) from error


def _characters(text: str) -> Callable[[int], int]:
    """From an offset in the UTF-8 bytes of a text to that in the text itself."""
    if text.isascii():
        return lambda offset: offset
    ends = list(itertools.accumulate((len(character.encode()) for character in text), initial=0))
    by_byte = {byte: index for index, byte in enumerate(ends)}
    return by_byte.__getitem__


def _of_document(root: Node, at: Callable[[int], int]) -> Iterator[Leaf]:
    counts: dict[Keys, int] = {}
    for node in root.named_children:
        if node.type == "pair":
            yield from _of_pair(node, (), at)
        elif node.type in TABLES:
            head = next(child for child in node.named_children if child.type in KEYS)
            keys = _placed(_names(head), counts)
            if node.type == "table_array_element":
                counts[keys] = counts.get(keys, -1) + 1
                keys = (*keys, counts[keys])
            for pair in node.named_children:
                if pair.type == "pair":
                    yield from _of_pair(pair, keys, at)


def _placed(names: Keys, counts: dict[Keys, int]) -> Keys:
    """The keys of a table, with the position of each array of tables it lies in."""
    keys: Keys = ()
    for index, name in enumerate(names):
        keys = (*keys, name)
        if keys in counts and index < len(names) - 1:
            keys = (*keys, counts[keys])
    return keys


def _of_pair(pair: Node, keys: Keys, at: Callable[[int], int], outer: Node | None = None) -> Iterator[Leaf]:
    inner = [child for child in pair.named_children if child.type != "comment"]
    key, value = inner[0], inner[-1]
    yield from _of_value(value, (*keys, *_names(key)), key, outer or pair, at)


def _of_value(value: Node, keys: Keys, key: Node, pair: Node, at: Callable[[int], int]) -> Iterator[Leaf]:
    if value.type == "string":
        raw = (value.text or b"").decode()
        quote = len(raw) - len(raw.lstrip(raw[0])) if raw[:3] in ('"""', "'''") else 1
        yield Leaf(
            keys=keys,
            value=_value(raw),
            start=at(value.start_byte) + quote,
            end=at(value.end_byte) - quote,
            key_start=at(key.start_byte),
            entry_start=at(pair.start_byte),
            entry_end=at(_value_end(pair)),
        )
    elif value.type in ("inline_table", "object"):
        for inner in value.named_children:
            if inner.type == "pair":
                yield from _of_pair(inner, keys, at, pair if value.type == "inline_table" else None)
    elif value.type == "array":
        elements = [child for child in value.named_children if child.type != "comment"]
        for index, element in enumerate(elements):
            yield from _of_value(element, (*keys, index), key, pair, at)


def _value_end(pair: Node) -> int:
    """Where the value of a pair ends: a line end of two characters is no part of it."""
    return pair.named_children[-1].end_byte


@functools.cache
def _name(raw: str) -> str:
    return _value(raw) if raw.startswith(('"', "'")) else raw


def _names(key: Node) -> tuple[str, ...]:
    """The parts of a key: dotted keys have several."""
    if key.type == "dotted_key":
        return tuple(name for child in key.named_children for name in _names(child))
    return (_name((key.text or b"").decode()),)


def _value(raw: str) -> str:
    """What a literal stands for; TOML reads JSON's strings too."""
    if "\\" in raw or raw.startswith(('"""', "'''")):
        try:
            return str(tomllib.loads(f"x = {raw}")["x"])
        except tomllib.TOMLDecodeError:
            return str(json.loads(raw))
    return raw[1:-1]
