"""How schemas differ: what is lost is graver than what is new, and names of indexes are no difference."""

from __future__ import annotations

import pytest

from djup.verify.schema import Schema, SchemaColumn, SchemaIndex, SchemaTable, compare_schemas

TITLE = SchemaColumn(type="varchar(80)", null=False)
BY_TITLE = SchemaIndex(columns=("title",), unique=False)


def schema(**table: object) -> Schema:
    given = {"columns": {"title": TITLE}, "indexes": (BY_TITLE,), **table}
    return Schema(vendor="sqlite", tables={"shelf_book": SchemaTable(**given)}, apps={"shelf_book": "shelf"})  # type: ignore[arg-type]  # parts of a table


@pytest.mark.parametrize(
    ("now", "what", "severity"),
    [
        ({"columns": {"title": SchemaColumn(type="text", null=False)}}, "type", "should"),
        ({"columns": {"title": SchemaColumn(type="varchar(80)", null=True)}}, "null", "should"),
        ({"columns": {"title": SchemaColumn(type="varchar(80)", null=False, default="''")}}, "default", "should"),
        ({"columns": {}}, "column", "must"),
        ({"columns": {"title": TITLE, "year": SchemaColumn(type="integer", null=True)}}, "column", "may"),
        ({"indexes": ()}, "index", "should"),
        ({"indexes": (SchemaIndex(columns=("title",), unique=True), BY_TITLE)}, "index", "may"),
        ({"checks": ("year >= 0",)}, "check", "may"),
    ],
)
def test_each_kind_of_difference_has_its_weight(now: dict[str, object], what: str, severity: str):
    (found,) = compare_schemas(schema(), schema(**now))
    assert (found.what, found.severity, found.app) == (what, severity, "shelf")


def test_the_same_schema_differs_in_nothing():
    assert compare_schemas(schema(), schema()) == ()


def test_a_table_that_is_gone_weighs_most():
    (found,) = compare_schemas(schema(), Schema(vendor="sqlite"))
    assert (found.what, found.severity) == ("table", "must")


def test_a_lost_index_that_only_turned_unique_is_told_as_both():
    found = compare_schemas(schema(), schema(indexes=(SchemaIndex(columns=("title",), unique=True),)))
    assert sorted(one.severity for one in found) == ["may", "should"]
