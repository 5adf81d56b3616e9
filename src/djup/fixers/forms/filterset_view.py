"""``filter_class`` and ``filter_fields`` of a view are ``filterset_class`` and ``filterset_fields``."""

from __future__ import annotations

from djup.fixers.commands.requires_system_checks import option_values
from djup.fixers.engine.patch import Patch
from djup.source import tree as syntax
from djup.source.tree import field, text_of


def filterset_attributes(patch: Patch) -> None:
    """``filter_class`` and ``filter_fields`` of a view are ``filterset_class`` and ``filterset_fields``.

    Where they are not renamed the view filters nothing, without a word:
    https://django-filter.readthedocs.io/en/stable/guide/migration.html#view-attributes-renamed-867
    """
    known = any(one.module.startswith(("rest_framework", "django_filters")) for one in patch.module.imports)
    for old in ("filter_class", "filter_fields"):
        for assignment in option_values(patch, old):
            name = field(assignment, "left")
            inside = syntax.within(assignment, "class_definition")
            bases = text_of(field(inside, "superclasses")) if inside is not None else b""
            if name is not None and known and b"View" in bases:
                patch.replace(name, old.replace("filter_", "filterset_"))
            elif known:
                patch.report(assignment)
