"""Migrations: the last one of each app."""

from __future__ import annotations

from pathlib import PurePosixPath

from tests.facts.made import of_modules


def test_the_last_migration_of_an_app_is_the_one_no_other_needs() -> None:
    known = of_modules(
        shop__migrations__0001_a="dependencies = []\n", shop__migrations__0002_b="dependencies = [('shop', '0001_a')]\n"
    )
    assert known.migrations.apps[PurePosixPath("shop")].leaves == ("0002_b",)
