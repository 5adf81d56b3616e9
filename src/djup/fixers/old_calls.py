"""Calls of functions of Django 1.x, each replaced by what took its place."""

from __future__ import annotations

import re

from djup.fixers.command_calls import calls_of
from djup.fixers.patch import Patch
from djup.knowledge.search import has_base
from djup.source.calls import call_of, remove_item
from djup.source.edits import Edit
from djup.source.strings import literal, string_value
from djup.source.tree import field, text_of, walk, within

_UNSAFE = re.compile(r"[A-Za-z0-9\[\\\]^_`=-]*$")


def resolve_variable(patch: Patch) -> None:
    """``resolve_variable(path, context)`` is ``Variable(path).resolve(context)``."""
    for home in ("django.template.resolve_variable", "django.template.base.resolve_variable"):
        for node in patch.module.uses(home):
            call = call_of(node)
            if patch.skips(node):
                continue
            if call is None or len(call.positional) != 2 or len(call.arguments) != 2:  # noqa: PLR2004  # path, context
                patch.report(node)
                continue
            path, context = (text_of(one.value).decode() for one in call.positional)
            variable = patch.need("django.template", "Variable", node)
            patch.replace(call.node, f"{variable}({path}).resolve({context})")


def regex_error_message(patch: Patch) -> None:
    """``RegexField(error_message=x)`` is ``RegexField(error_messages={"invalid": x})``."""
    for home in ("django.forms.RegexField", "django.forms.fields.RegexField"):
        for call in patch.module.calls(home):
            named = call.keyword("error_message")
            if named is None or patch.skips(call.node):
                continue
            if call.keyword("error_messages") is not None or call.unpacks:
                patch.report(call.node)
            else:
                patch.replace(named.node, f'error_messages={{"invalid": {text_of(named.value).decode()}}}')


def migrate_list(patch: Patch) -> None:
    """``call_command("migrate", list=True)`` is ``call_command("showmigrations")``."""
    for call in calls_of(patch, "migrate"):
        named = call.keyword("list")
        plain = next((one for one in call.positional if string_value(one.value) in {"--list", "-l"}), None)
        argument, name = named or plain, literal(call.positional[0].value)
        if argument is None or name is None or patch.skips(call.node):
            continue
        if named is not None and text_of(named.value) != b"True":
            patch.report(call.node)
            continue
        patch.edit(Edit(start=name.content_start, end=name.content_end, text=b"showmigrations"))
        patch.edit(remove_item(patch.module.body, call.brackets, argument.node))


def quote_names(patch: Patch) -> None:
    """``qn(name)`` in ``as_sql(self, qn, connection)`` is ``qn.quote_name_unless_alias(name)``.

    https://docs.djangoproject.com/en/1.8/releases/1.8/#qn-replaced-by-compiler
    """
    for method in ("as_sql", "as_sqlite", "as_postgresql", "as_mysql", "as_oracle"):
        for definition in patch.module.methods(method):
            parameters, body = field(definition, "parameters"), field(definition, "body")
            names = [text_of(one) for one in parameters.named_children] if parameters is not None else []
            if body is None or len(names) < 2 or patch.skips(definition):  # noqa: PLR2004  # self and the compiler
                continue
            for node in walk(body):
                if node.type == "call" and text_of(field(node, "function")) == names[1]:
                    end = node.start_byte + len(names[1])
                    patch.edit(Edit(start=end, end=end, text=b".quote_name_unless_alias"))


def signer_separator(patch: Patch) -> None:
    """Point at separators that may be part of a signature."""
    for name in ("Signer", "TimestampSigner"):
        for call in patch.module.calls(f"django.core.signing.{name}"):
            given = call.keyword("sep") or (call.positional[1] if len(call.positional) > 1 else None)
            separator = string_value(given.value) if given is not None else None
            if separator is not None and _UNSAFE.match(separator):
                patch.report(call.node)


def geo_aggregates(patch: Patch) -> None:
    """Point at aggregates that were methods of geographic querysets."""
    if not any(one.origin.startswith("django.contrib.gis") for one in patch.module.imports):
        return
    for name in patch.change.seen.words:
        for node in patch.module.attributes(name):
            owner = text_of(field(node, "object"))
            if call_of(node) is not None and (b"objects" in owner or owner.endswith((b"qs", b"queryset", b")"))):
                patch.report(node)


def subfield_base(patch: Patch) -> None:
    """A field made by ``SubfieldBase`` converts what the database returns in ``from_db_value()``.

    https://docs.djangoproject.com/en/1.8/releases/1.8/#subfieldbase
    """
    for home in ("django.db.models.SubfieldBase", "django.db.models.fields.subclassing.SubfieldBase"):
        for node in patch.module.uses(home):
            assignment, owner = node.parent, within(node, "class_definition")
            metaclass = assignment is not None and assignment.type == "assignment"
            if owner is None or not metaclass or patch.skips(node) or not has_base(patch.module, owner, ("Field",)):
                patch.report(node)
                continue
            body = field(owner, "body")
            if body is None or b"def to_python" not in text_of(body) or b"from_db_value" in text_of(body):
                patch.report(node)
                continue
            text = patch.module.body
            start = assignment.start_byte if assignment is not None else node.start_byte
            indent = text[text.rfind(b"\n", 0, start) + 1 : start].decode()
            step = "\t" if indent.startswith("\t") else "    "
            lines = f"def from_db_value(self, value, *args):\n{indent}{step}return self.to_python(value)"
            if assignment is not None:
                patch.replace(assignment, lines)
