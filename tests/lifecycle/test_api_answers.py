"""The answers of both versions of the API, field by field, against files whose every value was checked by hand.

The values of Django are those that endoflife.date itself answered on 2026-04-10 for the same page.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from djup.lifecycle.pages import read_page
from djup.lifecycle.site import api_v0, api_v1

GOLDEN = Path(__file__).parent / "golden"
PRODUCTS = ("django", "postgresql", "mysql", "mariadb")


@pytest.mark.parametrize("name", PRODUCTS)
def test_the_first_version_answers_as_recorded(files, name):
    assert json.loads(files[f"api/{name}.json"]) == json.loads((GOLDEN / f"{name}.v0.json").read_text())


@pytest.mark.parametrize("name", PRODUCTS)
def test_version_1_answers_as_recorded(files, name):
    assert json.loads(files[f"api/v1/products/{name}.json"]) == json.loads((GOLDEN / f"{name}.v1.json").read_text())


def test_version_1_is_what_endoflife_date_answered(files):
    release = json.loads(files["api/v1/products/django/releases/latest.json"])["result"]
    assert release == {
        "name": "6.0",
        "codename": None,
        "label": "6.0",
        "releaseDate": "2025-12-03",
        "isLts": False,
        "ltsFrom": None,
        "isEoas": False,
        "eoasFrom": "2026-08-31",
        "isEol": False,
        "eolFrom": "2027-04-30",
        "isMaintained": True,
        "latest": {
            "name": "6.0.4",
            "date": "2026-04-07",
            "link": "https://docs.djangoproject.com/en/6.0/releases/6.0.4/",
        },
        "custom": {"supportedPythonVersions": "3.12 - 3.14"},
    }


def test_the_first_version_is_what_endoflife_date_answered(files):
    cycles = {cycle["cycle"]: cycle for cycle in json.loads(files["api/django.json"])}
    assert cycles["6.0"] == {
        "cycle": "6.0",
        "releaseDate": "2025-12-03",
        "eol": "2027-04-30",
        "supportedPythonVersions": "3.12 - 3.14",
        "latest": "6.0.4",
        "latestReleaseDate": "2026-04-07",
        "lts": False,
        "support": "2026-08-31",
    }


def test_one_cycle_has_all_but_its_name(files):
    whole = next(one for one in json.loads(files["api/django.json"]) if one["cycle"] == "5.2")
    assert {"cycle": "5.2", **json.loads(files["api/django/5.2.json"])} == whole


def test_planned_releases_are_no_releases_but_can_be_asked_for(files):
    names = [one["name"] for one in json.loads(files["api/v1/products/django.json"])["result"]["releases"]]
    assert "2028" not in names
    assert "api/django/2028.json" not in files
    (coming,) = json.loads(files["api/v1/products/django/planned.json"])["result"]
    assert (coming["name"], coming["releaseDate"], coming["eolFrom"]) == ("2028", "2028-01-31", "2031-01-31")


def product(*lines: str, head: str = ""):
    rows = "".join(f"    {line}\n" for line in lines)
    text = f'---\ntitle: T\ncategory: app\npermalink: /t\n{head}releases:\n  - releaseCycle: "1"\n{rows}---\n'
    read = read_page(text, "t.md").product
    assert read is not None
    return read


@pytest.mark.parametrize(
    ("written", "support"),
    [("eoas: true", False), ("eoas: false", True), ("support: true", True), ("support: false", False)],
)
def test_support_means_still_supported_whatever_the_page_wrote(written, support):
    thing = product(written, "eol: false", head="eoasColumn: true\n")
    assert api_v0.cycle(thing, thing.releases[0])["support"] is support
    assert api_v1.release(thing, thing.releases[0], dt.date(2024, 1, 1))["isEoas"] is not support


def test_extended_support_is_no_where_a_release_has_none():
    thing = product("eol: 2020-01-01", head="eoesColumn: true\n")
    assert api_v0.cycle(thing, thing.releases[0])["extendedSupport"] is False
    answer = api_v1.release(thing, thing.releases[0], dt.date(2024, 1, 1))
    assert (answer["isEoes"], answer["eoesFrom"], answer["isMaintained"]) == (None, None, False)


def test_phases_a_product_does_not_have_are_left_out():
    thing = product("eol: 2020-01-01")
    answer = api_v1.release(thing, thing.releases[0], dt.date(2024, 1, 1))
    assert not {"isEoas", "eoasFrom", "isEoes", "eoesFrom", "isDiscontinued", "discontinuedFrom"} & set(answer)
    assert not {"support", "extendedSupport"} & set(api_v0.cycle(thing, thing.releases[0]))


@pytest.mark.parametrize(("day", "ended"), [("2020-01-01", False), ("2020-01-02", True)])
def test_the_end_day_itself_still_counts(day, ended):
    thing = product(
        "eol: 2020-01-01", "eoas: 2020-01-01", "eoes: 2020-01-01", head="eoasColumn: true\neoesColumn: true\n"
    )
    answer = api_v1.release(thing, thing.releases[0], dt.date.fromisoformat(day))
    assert (answer["isEol"], answer["isEoas"], answer["isEoes"], answer["isMaintained"]) == (
        ended,
        ended,
        ended,
        not ended,
    )


def test_long_term_support_from_a_day_is_upcoming_until_then():
    thing = product("lts: 2020-06-01", "eol: false")
    before, after = (api_v1.release(thing, thing.releases[0], dt.date(2020, month, 2)) for month in (5, 6))
    assert (before["isLts"], before["label"]) == (False, "1 (Upcoming LTS)")
    assert (after["isLts"], after["label"], after["ltsFrom"]) == (True, "1 (LTS)", "2020-06-01")


def test_a_label_loses_its_markup():
    thing = product("lts: true", "eol: false", head="LTSLabel: \"<abbr title='Extra Long'>ELS</abbr>\"\n")
    assert api_v1.release(thing, thing.releases[0], dt.date(2020, 1, 1))["label"] == "1 (ELS)"


def test_lists_count_their_members(files):
    for path in (
        "api/v1/products",
        "api/v1/tags",
        "api/v1/categories",
        "api/v1/tags/oracle",
        "api/v1/identifiers/purl",
    ):
        answer = json.loads(files[f"{path}.json"])
        assert answer["total"] == len(answer["result"]) > 0
        assert answer["schema_version"] == "1.2.1"


def test_a_category_is_a_tag_too(files):
    (django,) = json.loads(files["api/v1/tags/framework.json"])["result"]
    assert django["name"] == "django"
    assert django["tags"] == ["framework", "python-runtime"]
    assert django["uri"] == "https://lifecycles.example/api/v1/products/django"
