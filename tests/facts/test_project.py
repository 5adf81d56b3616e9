"""The facts of a project as one record: every part has its reader, and data names facts that there are."""

from __future__ import annotations

import pytest

from djup.errors import DjupError
from djup.facts.project import FACT_NAMES, Facts
from djup.knowledge.changes import all_changes, read_changes
from tests.facts.made import of_modules

ENTRY = """
[[change]]
id = "2.0/x"
summary = "x"
kind = "rename"
removed = "2.0"
notes = "https://x"
advice = "x"
why_not = "x"
seen = { facts = ["urls.errors"] }
"""


def test_every_record_of_the_facts_is_read() -> None:
    assert of_modules(shop__code="") == of_modules(shop__code="")
    for name in Facts.__struct_fields__:
        assert type(getattr(of_modules(shop__code=""), name)) is type(getattr(Facts(), name))


def test_changes_name_facts_that_there_are() -> None:
    named = {name for change in all_changes() for name in (*change.seen.facts, *change.seen.told)}
    assert named
    assert named <= FACT_NAMES


def test_a_change_that_names_no_fact_is_refused_when_it_is_read() -> None:
    with pytest.raises(DjupError, match=r"2\.0\.toml.*'urls\.errors'.*urls\.error_views|urls\.errors"):
        read_changes(ENTRY, "2.0.toml")


def test_the_digest_differs_where_a_fact_does() -> None:
    assert of_modules(shop__urls="app_name = 'a'\n").digest() != of_modules(shop__urls="").digest()
    assert of_modules(a="x = 1\n", b="").digest() == of_modules(b="", a="x = 1\n").digest()


def test_names_in_a_fact_are_those_that_other_files_hold() -> None:
    known = of_modules(
        site__urls="handler404 = 'site.views.lost'\n",
        shop__models="class Item(models.Model):\n    tags = models.ManyToManyField('Tag')\n",
    )
    assert known.names_in("urls.handlers_404") == {"lost"}
    assert known.names_in("urls.error_views") == {"lost"}
    assert "tags" in known.names_in("models.many_to_many")
