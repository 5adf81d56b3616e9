"""Every fixer by the name that a change's ``fix`` or ``find`` gives: what the areas list, joined."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import ModuleType
from typing import Any

from djup.errors import DjupError
from djup.fixers import (
    admin,
    apps,
    auth,
    commands,
    forms,
    gis,
    http,
    mail,
    middleware,
    models,
    python,
    queries,
    settings,
    templates,
    tests,
    urls,
)
from djup.fixers.kinds import Condition, Fixer, TemplateFixer

AREAS = (
    *(admin, apps, auth, commands, forms, gis, http, mail),
    *(middleware, models, python, queries, settings, templates, tests, urls),
)


class DoubleError(DjupError):
    """Two areas list a fixer under one name."""


def joined(areas: Iterable[ModuleType], table: str) -> dict[str, Any]:
    """The tables of that name which areas have, as one; raises DoubleError for a name that is listed twice."""
    found: dict[str, Any] = {}
    homes: dict[str, str] = {}
    for area in areas:
        for name, listed in getattr(area, table, {}).items():
            if name in homes:
                raise DoubleError(f"'{name}' is listed in {table} of {homes[name]} and of {area.__name__}.")
            homes[name], found[name] = area.__name__, listed
    return found


FIXERS: Mapping[str, Fixer] = joined(AREAS, "FIXERS")
TEMPLATE_FIXERS: Mapping[str, TemplateFixer] = joined(AREAS, "TEMPLATE_FIXERS")
CONDITIONS: Mapping[str, Condition] = joined(AREAS, "CONDITIONS")
