"""The inventory of warnings: what each means, until when it is one, and what a baseline makes of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from djup.errors import UsageError
from djup.model import WarningSeen
from djup.report.forms import FINDINGS, markdown
from djup.report.warnings import WarningsPage, compared_document, compared_page, document, findings_of
from djup.verify.attribution import change_of, deadline_of
from djup.verify.dependencies import Installed
from djup.verify.inventory import InventoryContext, Listed, stable, take_inventory
from djup.verify.ratchet import baseline_of, compare_baselines, read_baseline, write_baseline


def seen(text: str, category: str = "builtins.DeprecationWarning", **more: object) -> WarningSeen:
    fields = {
        "path": "shelf/models.py",
        "line": 3,
        "count": 1,
        "owner": "own",
        "symbol": "shelf.models.save",
        "issuer": "django",
    }
    return WarningSeen(category=category, text=text, **{**fields, **more})  # type: ignore[arg-type]  # spelled by name


def listed(*warnings: WarningSeen, django: tuple[int, ...] = (4, 2), **around: object) -> tuple[Listed, ...]:
    known = {"django": django, "direct": ("straight",), **around}
    return take_inventory({"tests": warnings}, InventoryContext(**known))  # type: ignore[arg-type]  # spelled by name


@pytest.mark.parametrize(
    ("text", "category", "django", "change", "deadline"),
    [
        (
            "The USE_L10N setting is deprecated. Starting with Django 5.0",
            "django.utils.deprecation.RemovedInDjango50Warning",
            (4, 2),
            "5.0/use-l10n",
            "Django 5.0 (2023-12-04)",
        ),
        ("nobody knows this", "django.utils.deprecation.RemovedInDjango60Warning", (5, 2), "", "Django 6.0 (2025-12-03)"),
        ("nor this", "django.utils.deprecation.RemovedInDjango110Warning", (1, 8), "", "Django 1.10 (2016-08-01)"),
        ("nor that", "django.utils.deprecation.RemovedInDjango19Warning", (1, 8), "", "Django 1.9 (2015-12-01)"),
        ("years", "django.utils.deprecation.RemovedInDjango2028Warning", (6, 1), "", "Django 2028 (2028-01)"),
        ("an alias", "django.utils.deprecation.RemovedInDjango70Warning", (6, 0), "", "Django 2028 (2028-01)"),
        ("next", "django.utils.deprecation.RemovedInNextVersionWarning", (6, 1), "", "Django 6.2 (2027-04)"),
        ("text only", "exceptions.DeprecationWarning", (1, 5), "", "Django 1.6 (2013-11-06)"),
        ("text only", "exceptions.PendingDeprecationWarning", (1, 4), "", "Django 1.6 (2013-11-06)"),
    ],
)  # fmt: skip
def test_a_warning_of_django_has_its_change_and_its_day(
    text: str, category: str, django: tuple[int, ...], change: str, deadline: str
):
    warning = seen(text, category)
    found = change_of(warning)
    assert (found.id if found else "") == change
    assert str(deadline_of(warning, found, django)) == deadline


def test_a_text_of_an_old_release_tells_its_change_without_a_category_of_its_own():
    found = change_of(seen("django.utils.simplejson is deprecated; use json instead.", "exceptions.DeprecationWarning"))
    assert found is not None
    assert found.id.partition("/")[0] == "1.7"


def test_a_text_of_an_old_release_that_is_not_known_is_told_by_the_name_in_it():
    text = "django.conf.urls.defaults is deprecated; use django.conf.urls instead"
    found = change_of(seen(text, "exceptions.PendingDeprecationWarning"))
    assert found is not None
    assert found.id.startswith("1.6/")


def test_the_same_words_from_another_package_are_no_change_of_django():
    assert change_of(seen("django.utils.simplejson is deprecated; use json instead.", issuer="straight")) is None


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("{% load admin_static %} is deprecated in favor of {% load static %}.", "3.0/load-staticfiles"),
        ("{% load whatever %} is deprecated in favor of {% load else %}.", ""),
    ],
)
def test_a_text_that_is_not_known_is_told_by_the_name_in_it(text: str, change: str):
    found = change_of(seen(text, "django.utils.deprecation.RemovedInDjango30Warning"))
    assert (found.id if found else "") == change


def test_of_several_texts_that_fit_the_longest_counts():
    warning = seen("django.utils.translation.ugettext_lazy() is deprecated", "x.RemovedInDjango40Warning")
    found = change_of(warning)
    assert found is not None
    assert found.seen.warning in warning.text


@pytest.mark.parametrize(
    ("text", "release"),
    [
        ("'cgi' is deprecated and slated for removal in Python 3.13", "3.13"),
        ("Use setlocale(); getdefaultlocale() will be removed in Python 3.15.", "3.15"),
    ],
)
def test_python_tells_the_release_in_its_words(text: str, release: str):
    deadline = deadline_of(seen(text, issuer="python"), None, (4, 2))
    assert deadline is not None
    assert (deadline.product, deadline.release) == ("Python", release)


def test_python_without_a_release_has_no_deadline():
    assert deadline_of(seen("utcnow() is deprecated and scheduled for removal", issuer="python"), None, (4, 2)) is None


def test_a_class_of_a_third_party_names_its_own_release():
    warning = seen("old", "rest_framework.RemovedInDRF317Warning", issuer="djangorestframework")
    assert str(deadline_of(warning, None, (4, 2))) == "djangorestframework 3.17"


def test_one_code_and_message_is_one_entry_with_its_places():
    (one,) = listed(seen("old", line=3), seen("old", line=9), seen("old", line=9, count=4))
    assert (one.count, one.times, [str(place) for place in one.places]) == (2, 6, ["shelf/models.py:3", "shelf/models.py:9"])  # fmt: skip


def test_what_differs_from_run_to_run_is_no_part_of_a_message():
    assert stable("<X object at 0x7f00aa12bc>\n  in /tmp/djup-abc/x.py") == "<X object at 0x…> in /tmp/…"


def test_own_code_comes_first_then_direct_then_indirect_packages():
    found = listed(
        seen("c", owner="crooked", path="/e/crooked.py"), seen("b", owner="straight", path="/e/s.py"), seen("a"),
        through={"crooked": ("straight",)},
    )  # fmt: skip
    assert [(one.relation, one.through) for one in found] == [("own", ()), ("direct", ()), ("indirect", ("straight",))]
    assert [bool(one.places) for one in found] == [True, False, False]


def test_what_django_warns_of_while_it_reads_settings_is_the_projects():
    (one,) = listed(seen("x", owner="django", symbol="django.conf.__init__", path="/e/django/conf/__init__.py"))
    assert (one.relation, one.places) == ("own", ())


def test_a_known_package_tells_which_version_is_free_of_it():
    removed = "django.utils.deprecation.RemovedInDjango50Warning"
    (one,) = listed(
        seen("old", removed, owner="djangorestframework", path="/e/rest_framework/x.py"),
        direct=("djangorestframework",),
        versions={"djangorestframework": "3.12.0"},
        newest={"djangorestframework": "3.16.0"},
    )
    assert one.free is not None
    assert "5.0" in one.free.why


def test_an_unknown_package_only_has_its_newest_named_as_such():
    (one,) = listed(seen("old", owner="crooked", path="/e/crooked.py"), newest={"crooked": "9.0"})
    assert one.free is not None
    assert (one.free.version, "not known" in one.free.why) == ("9.0", True)
    (same,) = listed(
        seen("old", owner="crooked", path="/e/crooked.py"), newest={"crooked": "9.0"}, versions={"crooked": "9.0"}
    )
    assert same.free is None


def test_the_fixer_is_told_only_for_own_code():
    removed, text = "django.utils.deprecation.RemovedInDjango50Warning", "The USE_L10N setting is deprecated."
    own, theirs = listed(seen(text, removed), seen(text, removed, owner="crooked", path="/e/crooked.py"))
    assert (own.fix, theirs.fix) == ("djup fix --only 5.0/use-l10n", "")


def test_a_baseline_has_no_lines_and_is_the_same_in_any_order(tmp_path: Path):
    one, two = seen("old", line=3), seen("older", line=4, symbol="shelf.views")
    write_baseline(tmp_path / "a.json", baseline_of(listed(one, two), "4.2"))
    write_baseline(tmp_path / "b.json", baseline_of(listed(two, one), "4.2"))
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    read = json.loads((tmp_path / "a.json").read_text())
    assert set(read["warnings"][0]) == {"symbol", "category", "message", "count"}
    assert len((tmp_path / "a.json").read_text().splitlines()) == len(read["warnings"]) + 2
    assert read_baseline(tmp_path / "a.json") == baseline_of(listed(one, two), "4.2")


def test_an_empty_baseline_can_be_kept_too(tmp_path: Path):
    write_baseline(tmp_path / "a.json", baseline_of((), "4.2"))
    assert read_baseline(tmp_path / "a.json").warnings == ()


def compared(before: tuple[WarningSeen, ...], now: tuple[WarningSeen, ...]) -> tuple[list[int], list[int]]:
    found = compare_baselines(baseline_of(listed(*before), "4.2"), baseline_of(listed(*now), "4.2"))
    return [one.count for one in found.new], [one.count for one in found.gone]


def test_a_moved_line_is_nothing_new():
    assert compared((seen("old", line=3),), (seen("old", line=30),)) == ([], [])


def test_how_often_it_is_raised_does_not_matter():
    assert compared((seen("old", count=1),), (seen("old", count=64),)) == ([], [])


def test_a_new_message_a_new_code_and_one_more_place_are_new():
    old = seen("old")
    assert compared((old,), (old, seen("other"))) == ([1], [])
    assert compared((old,), (old, seen("old", symbol="shelf.other"))) == ([1], [])
    assert compared((old,), (old, seen("old", line=9), seen("old", line=10))) == ([2], [])


def test_what_is_gone_is_told_with_its_places():
    assert compared((seen("old"), seen("old", line=9), seen("other")), (seen("old"),)) == ([], [1, 1])


@pytest.mark.parametrize("text", ["", "[]", '{"schema_version": 1}', '{"schema_version": 99, "django": "", "warnings": []}'])  # fmt: skip
def test_what_is_no_baseline_is_refused_with_the_way_on(tmp_path: Path, text: str):
    (tmp_path / "b.json").write_text(text)
    with pytest.raises(UsageError, match="djup warnings save"):
        read_baseline(tmp_path / "b.json")


def test_a_missing_baseline_is_not_an_empty_one(tmp_path: Path):
    with pytest.raises(UsageError, match="djup warnings save"):
        read_baseline(tmp_path / "none.json")


def page_of(entries) -> WarningsPage:
    return WarningsPage(project="shop", django="4.2", python="3.12", tests=3, entries=tuple(entries))


def test_every_form_tells_change_fixer_and_deadline():
    entries = listed(seen("The USE_L10N setting is deprecated.", "django.utils.deprecation.RemovedInDjango50Warning"))
    page = page_of(entries)
    told = markdown.render(page, document(page))
    assert all(word in told for word in ("5.0/use-l10n", "djup fix --only", "2023-12-04", "shelf/models.py:3"))
    sarif = json.loads(FINDINGS["sarif"](findings_of(entries)))["runs"][0]["results"][0]
    assert (sarif["ruleId"], sarif["locations"][0]["physicalLocation"]["region"]["startLine"]) == ("5.0/use-l10n", 3)
    assert "::warning file=shelf/models.py,line=3" in FINDINGS["github"](findings_of(entries))


def test_a_comparison_in_markdown_tells_new_and_gone():
    new = listed(seen("new"))
    found = compare_baselines(baseline_of(listed(seen("old")), "4.2"), baseline_of(new, "4.2"))
    page = compared_page(page_of(new), found)
    told = markdown.render(page, compared_document(page))
    assert "1 new, 1 gone, 0 as before" in told
    assert "**DeprecationWarning**: new" in told
    assert "DeprecationWarning: old" in told


def test_requirements_are_read_from_wheels_and_from_eggs_without_their_extras(tmp_path: Path):
    packages = tmp_path / "lib" / "python2.7" / "site-packages"
    for path, text in {
        "straight-1.0.dist-info/METADATA": "Name: straight\nVersion: 1.0\nRequires-Dist: Old.Egg (>=1)\nRequires-Dist: never; extra == 'x'\n",
        "Old.Egg-0.1-py2.7.egg-info/requires.txt": "crooked>=1\n\n[more]\nnever\n",
        "Old.Egg-0.1-py2.7.egg-info/PKG-INFO": "Name: Old.Egg\nVersion: 0.1\n",
    }.items():
        (packages / path).parent.mkdir(parents=True, exist_ok=True)
        (packages / path).write_text(text)
    installed = Installed(tmp_path / "bin" / "python")
    assert installed.through("crooked", ["straight", "lone"]) == ("straight",)
    assert installed.through("never", ["straight"]) == ()
    assert installed.version("old-egg") == "0.1"
