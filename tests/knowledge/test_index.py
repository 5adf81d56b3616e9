"""Needles tell which files to parse; facts tell what no single file knows."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from djup.facts.gather import facts_of
from djup.facts.index import Facts, is_migration, is_template
from djup.knowledge.changes import all_changes, change
from djup.knowledge.needles import matcher, needles_of


def hits(body: bytes, *ids: str) -> set[str]:
    changes = [change(one) for one in ids]
    return {changes[place].id for place in matcher(changes).hits(body)}


def test_a_needle_is_a_whole_word_together_with_the_rest_of_its_dotted_name() -> None:
    assert hits(b"from django.utils.timezone import utc", "5.0/timezone-utc") == {"5.0/timezone-utc"}
    assert hits(b"from django.utils.timezone import utcnow", "5.0/timezone-utc") == set()
    assert hits(b"import pytz; pytz.utc", "5.0/timezone-utc") == set()


def test_every_change_that_can_be_found_has_a_needle() -> None:
    bare = [
        one.id
        for one in all_changes()
        if not (needles_of(one) or one.pin or one.why_not or one.seen.drift or one.seen.told)
    ]
    assert bare == []


def facts(**files: str) -> Facts:
    return facts_of((PurePosixPath(path.replace("__", "/") + ".py"), text.encode()) for path, text in files.items())


SETTINGS = "INSTALLED_APPS = []\nSECRET_KEY = 'x'\n"


def test_a_module_with_several_settings_of_django_is_a_settings_module() -> None:
    known = facts(site__settings=SETTINGS, shop__apps_list="INSTALLED_APPS = []\n")
    assert known.settings == {PurePosixPath("site/settings.py")}


def test_what_star_imports_settings_and_adds_to_them_is_one_too_but_holds_no_new_ones() -> None:
    known = facts(
        site__settings__base=SETTINGS,
        site__settings__dev="from .base import *\nDEBUG = True\n",
        site__settings__prod="from site.settings.dev import *\nINSTALLED_APPS = []\nSECRET_KEY = 'y'\n",
        site__settings__reader="from .base import *\n",
    )
    assert known.settings == {PurePosixPath(f"site/settings/{name}.py") for name in ("base", "dev", "prod")}
    assert known.holders == {PurePosixPath("site/settings/base.py")}
    assert known.inherits(PurePosixPath("site/settings/prod.py"), {"SECRET_KEY"})
    assert not known.inherits(PurePosixPath("site/settings/base.py"), {"SECRET_KEY"})


@pytest.mark.parametrize(
    "other",
    [
        "from shop.compat import name\n",
        "from .compat import (\n    a,  # why\n    name as b,\n)\n",
        "from shop.compat import a, \\\n    name\n",
        "mock.patch('shop.compat.name')\n",
        "from .compat import *\nname()\n",
    ],
)
def test_a_name_that_another_module_takes_is_known(other: str) -> None:
    assert facts(shop__compat="", shop__views=other).imports_from(PurePosixPath("shop/compat.py"), "name")


@pytest.mark.parametrize(
    "other", ["from django.compat import name\n", "from .compat import other\n", "from .compat import *\nnames()\n"]
)
def test_a_name_that_no_other_module_takes_is_not(other: str) -> None:
    assert not facts(shop__compat="", shop__views=other).imports_from(PurePosixPath("shop/compat.py"), "name")


def test_a_star_import_hands_names_on() -> None:
    known = facts(shop__a="", shop__b="from .a import *\n", shop__c="from .b import name\n")
    assert known.imports_from(PurePosixPath("shop/a.py"), "name")


def test_the_last_migration_of_an_app_is_the_one_no_other_needs() -> None:
    known = facts(
        shop__migrations__0001_a="dependencies = []\n", shop__migrations__0002_b="dependencies = [('shop', '0001_a')]\n"
    )
    assert known.migrations[PurePosixPath("shop")].leaves == ("0002_b",)


def test_kinds_of_files_are_told_by_their_place() -> None:
    assert is_migration(PurePosixPath("shop/migrations/0001_a.py"))
    assert not is_migration(PurePosixPath("shop/migrations/__init__.py"))
    assert is_template(PurePosixPath("shop/templates/a.txt"))
    assert is_template(PurePosixPath("templates/docs/a.txt"))
    assert is_template(PurePosixPath("docs/templates/docs/a.txt"))
    assert not is_template(PurePosixPath("docs/ref/templates/api.txt"))
    assert is_template(PurePosixPath("shop/a.html"))
    assert not is_template(PurePosixPath("shop/jinja2/a.html"))
    assert not is_template(PurePosixPath("shop/static/a.html"))
