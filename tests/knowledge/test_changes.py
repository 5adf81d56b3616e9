"""Changes are read strictly, known by their ids, and chosen for a hop by what runs where."""

from __future__ import annotations

import pytest

from djup.knowledge.changes import (
    Change,
    DataError,
    all_changes,
    applicable,
    change,
    changes_crossed,
    read_changes,
)
from djup.knowledge.package_changes import applicable_to, every_change

HEAD = '[[change]]\nid = "4.0/x"\nsummary = "x"\nkind = "rename"\nremoved = "4.0"\nnotes = "https://x"\n'


def test_a_file_may_hold_more_than_changes() -> None:
    assert read_changes('[support]\nrelease = "4.0"\n', "4.0.toml") == ()
    assert read_changes(f'{HEAD}advice = "x"\nwhy_not = "x"\n', "4.0.toml")[0].id == "4.0/x"


def test_each_rewriting_has_a_subject_for_its_commit() -> None:
    unfit = [one.id for one in every_change() if one.fixable and not 0 < len(one.subject) <= 72]
    assert not unfit


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f'{HEAD}colour = "red"\n', "colour"),
        (f"{HEAD}", "advice or why_not"),
        (HEAD.replace("rename", "prank"), "kind"),
        (f'{HEAD}[change.moved]\nx = "y"\n', "dotted"),
        (HEAD.replace("4.0/x", "x"), "RELEASE/NAME"),
        ("[[change]\n", "Expected"),
    ],
)
def test_a_mistake_is_told_with_its_file_and_key(text: str, said: str) -> None:
    with pytest.raises(DataError) as caught:
        read_changes(text, "4.0.toml")
    assert "4.0.toml" in str(caught.value)
    assert said in str(caught.value)


def test_there_are_many_changes_each_with_its_own_id_in_the_order_of_releases() -> None:
    changes = all_changes()
    assert len({one.id for one in changes}) == len(changes) > 60
    assert [one.release for one in changes] == sorted(one.release for one in changes)
    assert sum(one.fixable for one in changes) > 50


@pytest.mark.parametrize("one", [pytest.param(one, id=one.id) for one in all_changes()])
def test_a_change_says_where_django_tells_of_it_and_what_to_do(one: Change) -> None:
    assert one.notes.startswith("https://docs.djangoproject.com/")
    assert one.id.startswith(f"{one.removed}/")
    assert one.known_since <= one.release
    assert one.fixable or one.advice or one.why_not


def test_an_id_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(DataError):
        change("4.0/nothing")


def test_a_hop_crosses_what_takes_effect_after_its_start_up_to_its_end() -> None:
    crossed = {one.removed for one in changes_crossed((3, 2), (4, 1))}
    assert crossed == {"4.0", "4.1"}


def test_what_runs_on_the_old_release_is_early_and_what_needs_the_new_one_is_late() -> None:
    early, late = applicable(at=(2, 2), target=(4, 0))
    assert change("4.0/ugettext") in early
    assert change("4.0/postgres-json-field") in late
    assert change("4.0/csrf-trusted-origins") in late


def test_what_nobody_deprecated_yet_is_neither() -> None:
    early, late = applicable(at=(2, 2), target=(3, 2))
    assert change("5.1/storages") not in (*early, *late)


def test_a_default_is_pinned_while_it_is_still_the_old_one() -> None:
    assert change("5.0/use-tz") in applicable(at=(4, 2), target=(5, 0))[0]
    assert change("5.0/use-tz") not in applicable(at=(5, 0), target=(6, 1))[0]
    assert change("6.0/url-field-scheme") in applicable(at=(6, 0), target=(6, 1), since=(5, 2))[0]
    assert change("6.0/url-field-scheme") not in applicable(at=(6, 0), target=(6, 1))[0]


def test_what_a_later_release_takes_back_is_silent_on_the_way_there_and_past_it() -> None:
    old = change("4.0/group-by-alias")
    assert old in applicable(at=(3, 2), target=(4, 0))[0]
    assert old not in (*applicable(at=(3, 2), target=(4, 2))[0], *applicable(at=(4, 2), target=(5, 0))[0])


def test_behaviour_and_requirements_matter_only_to_those_who_cross_them() -> None:
    for one in (change("4.0/delete-view-form"), change("5.0/databases"), change("6.0/python-versions")):
        before = max(release for release in ((3, 2), (4, 2), (5, 2)) if release < one.release)
        early, late = applicable(at=before, target=one.release)
        assert one in (*early, *late)
        early, late = applicable(at=one.release, target=(6, 1))
        assert one not in (*early, *late)
    assert change("4.0/force-text") in applicable(at=(4, 2), target=(5, 0))[0]


def test_what_python_2_leaves_behind_is_rewritten_only_on_the_way_out() -> None:
    pins = {"python": "2.7", "django": "1.11.29"}
    leaving = {one.id for one in applicable_to(pins, leaves_python_2=True)}
    assert leaving - {one.id for one in applicable_to(pins)} == {
        one for one in leaving if one.startswith("python-3.0/")
    }
    assert "python-3.0/syntax" in leaving
    assert not [one.id for one in applicable_to({"python": "3.13"}) if one.id.startswith("python-3.0/")]
