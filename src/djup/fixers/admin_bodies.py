"""What stands in class bodies: actions of admins, and properties with two names."""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.classes import class_of, own_option
from djup.fixers.patch import Patch
from djup.source.strings import string_value
from djup.source.tree import field, text_of, walk

_LISTS = {"list", "tuple"}
_CACHED = "django.utils.functional.cached_property"


def admin_actions(patch: Patch) -> None:
    """``actions`` of an admin builds on those of the admin it derives from, which were added until 2.2.

    https://docs.djangoproject.com/en/2.2/releases/2.2/#admin-actions-are-no-longer-collected-from-base-modeladmin-classes
    """
    for assignment in patch.module.assignments("actions"):
        owner, value = class_of(assignment), field(assignment, "right")
        bases = field(owner, "superclasses") if owner is not None else None
        if owner is None or value is None or bases is None or value.type not in _LISTS or patch.skips(assignment):
            continue
        if b"Admin" not in text_of(bases):
            continue
        for base in bases.named_children:
            found = patch.module.classes(text_of(base).decode()) if base.type == "identifier" else []
            given = own_option(patch.module, found[0], "actions") if len(found) == 1 else None
            inherited = field(given, "right") if given is not None else None
            if inherited is None:
                continue
            own, kept = items_of(value), items_of(inherited)
            if f"*{text_of(base).decode()}.actions".encode() in own or (kept and kept <= own):
                break
            if inherited.type in _LISTS and inherited.type == value.type and not kept & own:
                patch.replace(value, f"{text_of(base).decode()}.actions + {text_of(value).decode()}")
            elif inherited.type != "none":
                patch.report(assignment)
            break


def items_of(value: Node) -> set[bytes]:
    """The items of a list or tuple, as written; two actions of one name are an error."""
    return {text_of(one) for one in value.named_children if one.type != "comment"} if value.type in _LISTS else set()


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


def id_columns(patch: Patch) -> None:
    """Point at columns of the admin that are named by the key of a relation."""
    for assignment in patch.module.assignments("list_display"):
        value = field(assignment, "right")
        for node in walk(value) if value is not None else ():
            if node.type == "string" and (string_value(node) or "").endswith("_id"):
                patch.report(node)


def view_permissions(patch: Patch) -> None:
    """Point at permissions of a model that are called ``view_…``."""
    for assignment in patch.module.assignments("permissions"):
        owner, value = class_of(assignment), field(assignment, "right")
        if owner is None or value is None or text_of(field(owner, "name")) != b"Meta":
            continue
        for node in walk(value):
            if node.type in _LISTS and node.named_children:
                name = string_value(node.named_children[0])
                if name is not None and name.startswith("view_"):
                    patch.report(node)
