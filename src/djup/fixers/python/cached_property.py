"""``alias = base`` of a cached property is ``alias = property(operator.attrgetter("base"))``."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from tree_sitter import Node

from djup.facts.project import Facts
from djup.fixers.engine.patch import Patch
from djup.source.tree import field, text_of

_CACHED = "django.utils.functional.cached_property"


def property_aliases(patch: Patch) -> None:
    """``alias = base`` of a cached property is ``alias = property(operator.attrgetter("base"))``.

    https://docs.djangoproject.com/en/2.2/releases/2.2/#cached-property-aliases
    """
    for owner in patch.module.classes():
        body = field(owner, "body")
        cached = {name for one in (body.named_children if body is not None else ()) for name in _cached(patch, one)}
        for assignment in _assignments(body) if cached and body is not None else ():
            value = field(assignment, "right")
            if value is None or value.type != "identifier" or text_of(value).decode() not in cached:
                continue
            if not patch.skips(assignment):
                getter = patch.need("operator", "attrgetter", assignment)
                patch.replace(value, f'property({getter}("{text_of(value).decode()}"))')


def _cached(patch: Patch, statement: Node) -> list[str]:
    """The name of a method that ``cached_property`` decorates."""
    definition = field(statement, "definition") if statement.type == "decorated_definition" else None
    if definition is None or definition.type != "function_definition":
        return []
    decorators = [one.named_children[0] for one in statement.named_children if one.type == "decorator"]
    known = any(_CACHED in patch.module.origins(one) for one in decorators)
    return [text_of(field(definition, "name")).decode()] if known else []


def _assignments(body: Node) -> list[Node]:
    found = [one.named_children[0] for one in body.named_children if one.type == "expression_statement"]
    return [one for one in found if one.type == "assignment"]


_CACHED_METHOD = re.compile(
    rb"cached_property\b[^\n]*\n(?:[ \t]*(?:[@#][^\n]*)?\r?\n)*[ \t]*(?:async[ \t]+)?def[ \t]+(\w+)", re.MULTILINE
)
_SECOND_NAME = re.compile(rb"^[ \t]+\w+[ \t]*=[ \t]*(\w+)[ \t]*(?:[#;][^\n]*)?\r?$", re.MULTILINE)


def has_alias(body: bytes, _path: PurePosixPath, _facts: Facts) -> bool:
    """Whether a class gives a cached property a second name."""
    cached = set(_CACHED_METHOD.findall(body))
    return any(name in cached for name in _SECOND_NAME.findall(body)) if cached else False
