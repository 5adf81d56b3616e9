"""Find the places where a change applies, from its data alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from tree_sitter import Node

from djup.facts.files import is_migration
from djup.facts.project import Facts
from djup.knowledge.changes import Change, Keyword, Method, Option, Override, Positional
from djup.source import tree as syntax
from djup.source.calls import Call
from djup.source.made import is_made_by
from djup.source.names import Imported
from djup.source.python import Module
from djup.source.strings import string_value
from djup.source.templates import Bit, Token, filters, loaded, tokens
from djup.source.tree import field, text_of


def search_python(change: Change, module: Module, facts: Facts) -> tuple[int, ...]:
    """The byte offsets in a Python file where a change applies, sorted; lines that skip it are left out."""
    if not looks_at(change, module.path, facts):
        return ()
    found = {node.start_byte for node in _nodes(change, module, facts) if not module.leaves_alone(node, change.id)}
    return tuple(sorted({*found, *_pinned(change, module)}))


def _pinned(change: Change, module: Module) -> tuple[int, ...]:
    """The place where a value was pinned by djup: until it goes, a person may still take the new default."""
    start = -1 if change.pin is None else module.body.find(f"# {change.pin.comment}".encode())
    return () if start < 0 else (start,)


def looks_at(change: Change, path: PurePosixPath, facts: Facts) -> bool:
    """Whether a change is about this kind of Python file at all."""
    if is_migration(path):
        return "migration" in change.where or "python" in change.where
    if "python" in change.where:
        return True
    return "settings" in change.where and (path in facts.settings.modules or path in facts.settings.configurers)


def _nodes(change: Change, module: Module, facts: Facts) -> Iterator[Node]:
    """The places that the data names by their origin, by their arguments, as text, and by bare names."""
    for dotted in (*change.moved, *change.seen.names):
        yield from (one.item for one in module.imports if not one.conditional and _takes(one, dotted))
        yield from module.uses(dotted)
    for dotted in change.seen.calls:
        yield from (one.node for one in module.calls(dotted))
    for keyword in (*change.keywords, *change.seen.arguments):
        yield from keyword_uses(keyword, module)
    for positional in change.positional:
        yield from positional_uses(positional, module)
    for command in change.commands:
        yield from (node for node, _ in command_uses(command, module))
    yield from _setting_nodes(change, module, facts)
    yield from _string_nodes(change, module)
    yield from _member_nodes(change, module)


def _string_nodes(change: Change, module: Module) -> Iterator[Node]:
    for value in (*change.seen.strings, *change.strings, *(change.moved if change.moved_strings else ())):
        yield from module.strings(value)


def _member_nodes(change: Change, module: Module) -> Iterator[Node]:
    """What is known by its bare name: methods and attributes, and assignments in class bodies and modules."""
    for method in change.methods:
        yield from method_uses(method, module)
    for override in change.overrides:
        yield from override_uses(override, module)
    for known in change.options:
        yield from option_uses(known, module)
    for option in change.seen.options:
        yield from (one for one in module.assignments(option) if syntax.within(one, "class_definition") is not None)
    for variable in change.seen.variables:
        yield from (one for one in module.assignments(variable) if syntax.within(one, "class_definition") is None)


def _takes(one: Imported, dotted: str) -> bool:
    """Whether an import takes a dotted name, or something from within it."""
    origin = one.origin if one.name and one.name != "*" else one.module
    return origin == dotted or origin.startswith(f"{dotted}.")


def _setting_nodes(change: Change, module: Module, facts: Facts) -> Iterator[Node]:
    for setting in change.settings:
        yield from module.uses(f"django.conf.settings.{setting.name}")
        if module.path in facts.settings.modules:
            yield from module.assignments(setting.name)


def keyword_uses(keyword: Keyword, module: Module) -> Iterator[Node]:
    """The arguments of calls that a keyword change is about: by keyword, or by their place."""
    for call in module.calls(keyword.call):
        named = call.keyword(keyword.old)
        if named is not None:
            if not keyword.values or text_of(named.value).decode() in keyword.values:
                yield named.node
        elif keyword.new:
            continue
        elif 0 <= keyword.position < len(call.positional) and not any(one.stars == "*" for one in call.arguments):
            yield call.positional[keyword.position].node


def positional_uses(positional: Positional, module: Module) -> Iterator[Node]:
    """The arguments by position, in calls that must give them by keyword: of each call the first."""
    for call in positional_calls(positional, module):
        yield call.positional[positional.keep].node


def positional_calls(positional: Positional, module: Module) -> Iterator[Call]:
    """The calls that give by position what must be given by keyword."""
    for call in module.calls(positional.call):
        first = call.positional[0].value.type if call.positional else ""
        if len(call.positional) > positional.keep and (not positional.first or first in positional.first):
            yield call


def override_uses(override: Override, module: Module) -> Iterator[Node]:
    """The definitions that override a method with the parameters it used to have."""
    for definition in module.methods(override.method):
        owner, parameters = syntax.within(definition, "class_definition"), field(definition, "parameters")
        if owner is None or parameters is None or not has_base(module, owner, override.bases):
            continue
        names = [parameter_name(one) for one in parameters_in(parameters)]
        if len(names) != len(override.given) or any(one[0] in "*/" for one in names):
            continue
        if not override.drop or names[override.given.index(override.drop)] == override.drop:
            yield definition


def parameters_in(parameters: Node) -> list[Node]:
    """The parameters in the brackets of a definition."""
    return [one for one in parameters.named_children if one.type != "comment"]


def parameter_name(parameter: Node) -> str:
    """The name of a parameter, with its stars."""
    if parameter.type in {"default_parameter", "typed_default_parameter"}:
        return text_of(field(parameter, "name")).decode()
    if parameter.type == "typed_parameter":
        return text_of(parameter.named_children[0]).decode()
    return text_of(parameter).decode()


def command_uses(command: str, module: Module) -> Iterator[tuple[Node, Node]]:
    """The calls of a management command by ``call_command()``, with the node of its name."""
    for call in module.calls("django.core.management.call_command"):
        if call.positional and string_value(call.positional[0].value) == command:
            yield call.node, call.positional[0].value


def method_uses(method: Method, module: Module) -> Iterator[Node]:
    """The attribute names, and definitions in classes, that a method change is about."""
    if method.beside and not any(one.origin.startswith(method.beside) for one in module.imports):
        return
    for node in module.attributes(method.old) if method.uses else ():
        name = field(node, "attribute")
        if name is not None and _is_received(method, module, node):
            yield name
    for definition in module.methods(method.old) if method.override else ():
        owner = syntax.within(definition, "class_definition")
        name = field(definition, "name")
        if owner is not None and name is not None and has_base(module, owner, method.bases):
            yield name


def _is_received(method: Method, module: Module, attribute: Node) -> bool:
    """Whether the object of an attribute is one that the change is about, as far as its spelling or maker tells."""
    if method.of:
        return is_made_by(module, field(attribute, "object"), method.of)
    receiver = text_of(field(attribute, "object")).decode()
    if receiver in {"self", "cls"} or receiver.startswith("super("):
        owner = syntax.within(attribute, "class_definition")
        if method.bases and (owner is None or not has_base(module, owner, method.bases)):
            return False
        if method.bases and not method.on:
            return True
    if method.on or not method.receivers:
        return not method.on or receiver in method.on
    last = receiver.rpartition(".")[2]
    return any(last == one or last.endswith(f"_{one}") for one in method.receivers)


def option_uses(option: Option, module: Module) -> Iterator[Node]:
    """The assignments in class bodies that an option is about."""
    for assignment in module.assignments(option.old):
        owner, value = syntax.within(assignment, "class_definition"), text_of(field(assignment, "right")).decode()
        if owner is None or (option.values and value not in option.values):
            continue
        named = not option.inside or text_of(field(owner, "name")).decode() == option.inside
        if named and has_base(module, owner, option.bases):
            yield assignment


def has_base(module: Module, definition: Node, wanted: tuple[str, ...]) -> bool:
    """Whether a class has one of the bases: dotted ones by origin, single words as the end of a base's name."""
    if not wanted:
        return True
    return any(
        base == one or ("." not in one and base.endswith(one)) for base in module.bases(definition) for one in wanted
    )


def search_template(change: Change, body: bytes) -> tuple[int, ...]:
    """The byte offsets in a template where a change applies, sorted."""
    if "template" not in change.where:
        return ()
    return tuple(sorted({offset for token in tokens(body) for offset in _in_token(change, body, token)}))


def _in_token(change: Change, body: bytes, token: Token) -> Iterator[int]:
    if token.name == "load":
        yield from (
            bit.start for bit in loaded(token) if bit.text.decode(errors="replace") in change.templates.libraries
        )
    elif token.name in change.templates.tags:
        yield token.start
    if not change.fix and not change.find:
        inner = body[token.inner_start : token.inner_end]
        for word in change.seen.template_words:
            pattern = rb"(?<![\w.-])" + re.escape(word.encode()) + rb"(?![\w-])"
            yield from (token.inner_start + found.start() for found in re.finditer(pattern, inner))
    yield from (bit.start for bit in token.bits if quoted(bit) in change.strings)
    yield from (one.start for one in filters(body, token) if one.name in change.templates.filters)
    yield from (start for start, _, _ in lookup_uses(change.templates.lookups, body, token))


def lookup_uses(lookups: Mapping[str, str], body: bytes, token: Token) -> Iterator[tuple[int, int, str]]:
    """The spans where a tag or variable looks up something that was renamed, each with what it is now."""
    for old, new in lookups.items() if token.kind != "comment" else ():
        pattern = rb"(?<![\w-])" + re.escape(old.encode()) + rb"(?![\w-])"
        for match in re.compile(pattern).finditer(body, token.inner_start, token.inner_end):
            yield match.start(), match.end(), new


def quoted(bit: Bit) -> str | None:
    """The text of a word of a tag that is a string, None for any other word."""
    text = bit.text.decode(errors="replace")
    return text[1:-1] if len(text) > 1 and text[0] in "\"'" and text[-1] == text[0] else None
