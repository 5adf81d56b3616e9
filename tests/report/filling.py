"""Records filled from their types: every text of a page is the one given, however deep it lies."""

from __future__ import annotations

import collections.abc
import datetime as dt
import types
import typing
from pathlib import Path, PurePosixPath
from typing import Any, Literal, Union, get_args, get_origin

import msgspec

from djup.report import changes, check, doctor, explain, fix, guide, lifecycle, packages, plan, status, upgrade
from djup.report import tests as tests_page
from djup.report import warnings as warnings_page
from djup.verify.reach import TestsPage

PAGES: dict[str, tuple[type[msgspec.Struct], Any]] = {
    "changes list": (changes.ChangesPage, changes.document),
    "changes stats": (changes.StatsPage, changes.stats_document),
    "check": (check.CheckPage, check.document),
    "doctor": (doctor.DoctorPage, doctor.document),
    "explain": (explain.Explanation, explain.document),
    "fix": (fix.FixPage, fix.document),
    "guide": (guide.GuidePage, guide.document),
    "lifecycle validate": (lifecycle.ValidationPage, lifecycle.document),
    "packages": (packages.PackagesPage, packages.document),
    "plan": (plan.PlanPage, plan.document),
    "status": (status.StatusPage, status.document),
    "tests": (TestsPage, tests_page.document),
    "upgrade": (upgrade.UpgradePage, upgrade.document),
    "warnings": (warnings_page.WarningsPage, warnings_page.document),
    "warnings compare": (warnings_page.ComparedPage, warnings_page.compared_document),
}
"""Every page: its record and what makes its document."""


def filled(kind: Any, text: str, choice: int = 0) -> Any:
    """A value of a type; of several literals the one at ``choice``, counted round."""
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        hints = typing.get_type_hints(kind)
        return kind(**{name: filled(hints[name], text, choice) for name in kind.__struct_fields__})
    plain: dict[Any, Any] = {
        str: text, int: 3, float: 2.5, bool: choice % 2 == 0, dt.date: dt.date(2026, 4, 7), type(None): None,
        PurePosixPath: PurePosixPath(text.replace("\0", "")), Path: Path(text.replace("\0", "")),
    }  # fmt: skip
    return plain[kind] if kind in plain else _generic(kind, text, choice)


def _generic(kind: Any, text: str, choice: int) -> Any:
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Literal:
        return inner[choice % len(inner)]
    if origin in (Union, types.UnionType):
        return filled(inner[0], text, choice)
    if origin in (collections.abc.Mapping, dict):
        return {filled(inner[0], text, choice): filled(inner[1], text, choice)}
    if origin is tuple and inner[-1] is Ellipsis:
        return (filled(inner[0], text, choice), filled(inner[0], text, choice + 1))
    if origin is tuple:
        return tuple(filled(each, text, choice) for each in inner)
    return filled(origin, text, choice) if origin else text
