"""Attributes of commands and test cases whose value has another form now."""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.patch import Patch
from djup.fixers.settings import drop_setting
from djup.source import tree as syntax
from djup.source.tree import field, text_of


def system_checks(patch: Patch) -> None:
    """``requires_system_checks`` of a command is a list of tags, or ``"__all__"``.

    https://docs.djangoproject.com/en/3.2/releases/3.2/#features-deprecated-in-3-2
    """
    for assignment in _options(patch, "requires_system_checks"):
        value = field(assignment, "right")
        if value is not None and text_of(value) in {b"True", b"False"}:
            patch.replace(value, '"__all__"' if text_of(value) == b"True" else "[]")


def test_databases(patch: Patch) -> None:
    """``multi_db`` and ``allow_database_queries`` of a test case are ``databases``.

    https://docs.djangoproject.com/en/2.2/releases/2.2/#features-deprecated-in-2-2
    """
    for option in ("multi_db", "allow_database_queries"):
        for assignment in _options(patch, option):
            name, value = field(assignment, "left"), field(assignment, "right")
            if name is None or value is None:
                continue
            if text_of(value) == b"True":
                patch.replace(name, "databases")
                patch.replace(value, '"__all__"')
            elif text_of(value) == b"False":
                drop_setting(patch, assignment)
            else:
                patch.report(assignment)


def filterset_attributes(patch: Patch) -> None:
    """``filter_class`` and ``filter_fields`` of a view are ``filterset_class`` and ``filterset_fields``.

    Where they are not renamed the view filters nothing, without a word:
    https://django-filter.readthedocs.io/en/stable/guide/migration.html#view-attributes-renamed-867
    """
    known = any(one.module.startswith(("rest_framework", "django_filters")) for one in patch.module.imports)
    for old in ("filter_class", "filter_fields"):
        for assignment in _options(patch, old):
            name = field(assignment, "left")
            inside = syntax.within(assignment, "class_definition")
            bases = text_of(field(inside, "superclasses")) if inside is not None else b""
            if name is not None and known and b"View" in bases:
                patch.replace(name, old.replace("filter_", "filterset_"))
            elif known:
                patch.report(assignment)


def _options(patch: Patch, name: str) -> list[Node]:
    found = [one for one in patch.module.assignments(name) if syntax.within(one, "class_definition") is not None]
    return [one for one in found if not patch.skips(one)]
