"""Management commands of Django 1.x: options made by ``optparse``, and commands without arguments."""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.statements import drop_statement
from djup.knowledge.search import has_base
from djup.source.calls import Call, call_of, remove_item
from djup.source.edits import Edit, apply_edits
from djup.source.strings import string_value
from djup.source.text import line_end
from djup.source.tree import field, text_of, walk, within

_COMMAND = "django.core.management.base.NoArgsCommand"
_TYPES = {"int": "int", "long": "int", "float": "float", "string": "", "str": ""}
_KEPT = {"action", "dest", "default", "help", "metavar", "nargs", "const", "choices"}
_ROOTS = ("BaseCommand", "NoArgsCommand")
_ACTIONS = {"store", "store_true", "store_false", "store_const", "append", "append_const", "count"}


def option_list(patch: Patch) -> None:
    """``option_list`` of a command becomes ``add_arguments()``.

    https://docs.djangoproject.com/en/1.8/releases/1.8/#extending-management-command-arguments-through-command-option-list
    """
    for assignment in patch.module.assignments("option_list"):
        owner, value = within(assignment, "class_definition"), field(assignment, "right")
        if owner is None or value is None or not has_base(patch.module, owner, ("Command",)) or patch.skips(assignment):
            continue
        parents = [text_of(one).decode() for one in (field(owner, "superclasses") or owner).named_children]
        made = list(_options(value, parents))
        lines = [_argument(call, patch.module.body) for call in made if call is not None]
        again = [one for one in patch.module.spelled("option_list") if within(one, "class_definition") == owner]
        again = [one for one in again if one.parent is not None and one.parent.type not in {"attribute", "assignment"}]
        if None in made or None in lines or again or b"def add_arguments" in text_of(owner):
            patch.report(assignment)
            continue
        lines = _with_places(owner, lines)
        _write(patch, assignment, owner, [line for line in lines if line is not None])
    _plain_places(patch)


def _plain_places(patch: Patch) -> None:
    """A command that names its ``args`` and has no options declares them: 1.10 no longer takes any by that name."""
    for assignment in patch.module.assignments("args"):
        owner, value = within(assignment, "class_definition"), field(assignment, "right")
        block = field(owner, "body") if owner is not None else None
        if owner is None or block is None or value is None or patch.skips(assignment):
            continue
        body = text_of(owner)
        if b"option_list" in body or b"def add_arguments" in body or not has_base(patch.module, owner, ("Command",)):
            continue
        lines = [line for line in _with_places(owner, []) if line is not None]
        handle = next((one for one in block.named_children if text_of(one).startswith(b"def handle(")), None)
        if lines and handle is not None and not has_base(patch.module, owner, ("LabelCommand", "AppCommand")):
            _insert_method(patch, handle, lines, parent="BaseCommand")


def _insert_method(patch: Patch, before: Node, lines: list[str], parent: str) -> None:
    body, start = patch.module.body, before.start_byte
    indent, newline = body[body.rfind(b"\n", 0, start) + 1 : start].decode(), line_end(body).decode()
    text = _method(indent, newline, lines, parent)
    patch.edit(Edit(start=start, end=start, text=f"{text}{newline}{newline}{indent}".encode()))


def _method(indent: str, newline: str, lines: list[str], parent: str) -> str:
    """The text of ``add_arguments()``; a command built on another, by the name ``parent``, asks that one too."""
    step = "\t" if indent.startswith("\t") else "    "
    first = [] if parent == "BaseCommand" else [f"super({parent}, self).add_arguments(parser)"]
    calls = first + [f"parser.add_argument({line})".replace("\n", f"{newline}{indent}{step}") for line in lines]
    return f"{newline}{indent}{step}".join(["def add_arguments(self, parser):", *(calls or ["pass"])])


def _options(value: Node, parents: list[str]) -> Iterator[Call | None]:
    """The calls of ``make_option()`` in an option list; None for anything else but the list of a parent class."""
    if value.type == "binary_operator":
        for side in (field(value, "left"), field(value, "right")):
            if side is not None:
                yield from _options(side, parents)
    elif value.type in {"tuple", "list"}:
        for one in value.named_children:
            if one.type != "comment":
                function = field(one, "function") if one.type == "call" else None
                known = function is not None and text_of(function).rpartition(b".")[2] in {b"make_option", b"Option"}
                yield call_of(function) if function is not None and known else None
    elif value.type == "parenthesized_expression":
        yield from _options(value.named_children[0], parents)
    elif value.type != "call" or text_of(field(value, "function")) not in {b"list", b"tuple"}:
        owner = text_of(value).decode().removesuffix(".option_list")
        inherited = text_of(value).endswith(b".option_list")
        yield from () if inherited and (owner in parents or owner.endswith(_ROOTS)) else (None,)
    else:
        brackets = field(value, "arguments")
        yield from (
            _options(brackets.named_children[0], parents) if brackets is not None and brackets.named_children else ()
        )


def _argument(call: Call, body: bytes) -> str | None:
    """The arguments of ``add_argument()`` that ask for the same option; None where optparse can more than argparse.

    Their text stays as it is, but for the type, and the mark that stands for the default in a help text.
    """
    if call.unpacks or any(string_value(one.value) is None for one in call.positional):
        return None
    action = call.keyword("action")
    if action is not None and string_value(action.value) not in _ACTIONS:
        return None
    edits: list[Edit] = []
    for one in (one for one in call.arguments if one.name):
        if one.name == "type":
            kind = _TYPES.get(string_value(one.value) or text_of(one.value).decode())
            if kind is None:
                return None
            value = one.value
            renamed = Edit(start=value.start_byte, end=value.end_byte, text=kind.encode())
            edits.append(renamed if kind else remove_item(body, call.brackets, one.node))
        elif one.name not in _KEPT:
            return None
        elif one.name == "help" and one.value.type in {"string", "concatenated_string"}:
            text = text_of(one.value).replace(b"%default", b"%(default)s")
            edits.append(Edit(start=one.value.start_byte, end=one.value.end_byte, text=text))
    return _inside(call, body, edits)


def _inside(call: Call, body: bytes, edits: list[Edit]) -> str:
    """The text between the brackets of a call after some edits, its lines moved to where a method's stand."""
    start, end = call.brackets.start_byte + 1, call.brackets.end_byte - 1
    moved = [Edit(start=one.start - start, end=one.end - start, text=one.text) for one in edits]
    text = apply_edits(body[start:end], moved).decode()
    line = body[body.rfind(b"\n", 0, call.node.start_byte) + 1 : call.node.start_byte]
    depth = len(line) - len(line.lstrip())
    lines = text.replace("\r\n", "\n").split("\n")
    return "\n".join([lines[0], *(one[depth:] if not one[:depth].strip() else one for one in lines[1:])])


def _with_places(owner: Node, lines: list[str | None]) -> list[str | None]:
    """Take plain arguments too where ``handle()`` does: ``*args`` came of themselves from optparse."""
    for node in walk(owner):
        if node.type == "function_definition" and text_of(field(node, "name")) == b"handle":
            parameters, body = field(node, "parameters"), field(node, "body")
            stars = [] if parameters is None else parameters.named_children
            names = [text_of(one)[1:] for one in stars if one.type == "list_splat_pattern"]
            if body is not None and any(one.type == "identifier" and text_of(one) in names for one in walk(body)):
                return ['"args", nargs="*"', *lines]
    return lines


def _write(patch: Patch, assignment: Node, owner: Node, lines: list[str]) -> None:
    body, block = patch.module.body, field(owner, "body")
    parents = [text_of(one).decode() for one in (field(owner, "superclasses") or owner).named_children]
    parent = "BaseCommand" if parents == ["BaseCommand"] else text_of(field(owner, "name")).decode()
    statements = block.named_children if block is not None else []
    methods = [one for one in statements if one.type in {"function_definition", "decorated_definition"}]
    if methods and methods[0].start_byte > assignment.start_byte:
        _insert_method(patch, methods[0], lines, parent)
        drop_statement(patch, assignment)
        return
    start = assignment.start_byte
    indent = body[body.rfind(b"\n", 0, start) + 1 : start].decode()
    patch.replace(assignment, _method(indent, line_end(body).decode(), lines, parent))


def no_args_command(patch: Patch) -> None:
    """``NoArgsCommand`` is ``BaseCommand``, ``handle_noargs(**options)`` is ``handle(*args, **options)``.

    https://docs.djangoproject.com/en/1.8/releases/1.8/#django-core-management-noargscommand
    """
    for definition in patch.module.methods("handle_noargs"):
        owner, name = within(definition, "class_definition"), field(definition, "name")
        parameters = field(definition, "parameters")
        if owner is None or name is None or parameters is None or patch.skips(definition):
            continue
        given = [one for one in parameters.named_children if one.type != "comment"]
        if not has_base(patch.module, owner, ("Command",)) or b"def handle(" in text_of(owner):
            patch.report(definition)
            continue
        patch.replace(name, "handle")
        if len(given) == 2 and given[1].type == "dictionary_splat_pattern":  # noqa: PLR2004  # self and options
            patch.edit(Edit(start=given[1].start_byte, end=given[1].start_byte, text=b"*args, "))
        elif len(given) == 1:
            patch.edit(Edit(start=given[0].end_byte, end=given[0].end_byte, text=b", *args, **options"))
    for node in patch.module.attributes("handle_noargs"):
        name = field(node, "attribute")
        if name is not None and not patch.skips(node):
            patch.replace(name, "handle")
