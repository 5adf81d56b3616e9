"""The path: the newest patch first, then release by release, Python raised where a hop needs it."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.version import Version

from djup.errors import EnvironmentFailedError, UsageError
from djup.knowledge.support import last_day, load_support
from djup.model import Finding, Release, Stop, UpgradePath
from djup.plan.estimate import estimate
from djup.plan.path import plan_path
from djup.plan.target import Target, choose_target

TABLE = load_support()
TODAY = dt.date(2026, 11, 21)
PYTHONS: tuple[Release, ...] = ((3, 6), (3, 7), (3, 8), (3, 9), (3, 10), (3, 11), (3, 12), (3, 13))


def plan(django: str, python: Release, to: str = "latest", pythons=PYTHONS, **options) -> UpgradePath:
    start = Stop(django=django, python=python)
    return plan_path(start, choose_target(to, django, TABLE, pythons, TODAY), TABLE, pythons, today=TODAY, **options)


def stops(path: UpgradePath) -> list[str]:
    return [f"{hop.kind} {hop.end.django} {hop.end.python[1]}" for hop in path.hops]


def test_release_by_release_with_python_hops_of_their_own():
    assert stops(plan("2.2.5", (3, 7), "4.1")) == [
        "patch 2.2.28 7",
        "feature 3.0.14 7",
        "feature 3.1.14 7",
        "feature 3.2.25 7",
        "python 3.2.25 10",
        "feature 4.0.10 10",
        "feature 4.1.13 10",
        "python 4.1.13 11",
    ]


def test_via_lts_crosses_what_lies_between():
    path = plan("2.2.28", (3, 7), "5.2", via="lts")
    assert stops(path) == [
        "feature 3.2.25 7",
        "python 3.2.25 10",
        "feature 4.2.30 10",
        "feature 5.2.19 10",
        "python 5.2.19 13",
    ]
    assert path.hops[0].crossed == ((3, 0), (3, 1), (3, 2))


def test_packages_come_last_in_a_hop_of_their_own():
    path = plan("5.2.19", (3, 13), "6.1", packages=True)
    assert stops(path)[-1] == "packages 6.1.3 13"
    assert path.hops[-1].start == path.hops[-1].end == path.target
    assert [hop.number for hop in path.hops] == [1, 2, 3]


def test_packages_are_raised_on_the_newest_release_too():
    assert stops(plan("6.1.3", (3, 13), packages=True)) == ["packages 6.1.3 13"]


def test_nothing_to_do_is_no_hop():
    assert plan("6.1.3", (3, 13)).hops == ()


def test_one_hop_is_the_first():
    assert stops(plan("2.2.5", (3, 7), one_hop=True)) == ["patch 2.2.28 7"]


def test_without_a_common_python_one_hop_moves_both_and_says_so():
    path = plan("3.2.25", (3, 7), "4.2", pythons=((3, 7), (3, 11)), via="lts")
    assert stops(path) == ["feature 4.2.30 11"]
    assert any("moves Python as well" in note for note in path.notes)


def test_a_release_no_python_here_runs_ends_the_plan_with_what_to_install():
    with pytest.raises(EnvironmentFailedError, match=r"needs one of Python 3\.12, 3\.13, 3\.14"):
        plan("5.2.19", (3, 11), "6.0", pythons=((3, 11),))


def test_latest_is_what_this_machine_can_run_and_says_what_it_cannot():
    target = choose_target("latest", "4.2.30", TABLE, ((3, 11),), TODAY)
    assert target.version == "5.2.19"
    assert "6.1 is out" in target.notes[0]


@pytest.mark.parametrize(
    ("wanted", "version"),
    [
        ("patch", "4.2.30"),
        ("lts", "5.2.19"),
        ("supported", "5.2.19"),
        ("5.0", "5.0.14"),
        ("5.0.2", "5.0.2"),
        ("latest", "6.1.3"),
    ],
)
def test_targets_by_name_and_by_number(wanted: str, version: str):
    assert choose_target(wanted, "4.2.7", TABLE, PYTHONS, TODAY).version == version


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ("7.0", "after 6.2 LTS comes 2028"),
        ("2028", "not out"),
        ("5.0.99", "no Django 5.0.99"),
        ("3.2", "does not go back"),
        ("latst", "Did you mean 'latest'"),
        ("five", "is not a release of Django"),
    ],
)
def test_targets_that_are_none_are_explained(wanted: str, said: str):
    with pytest.raises(UsageError, match=said):
        choose_target(wanted, "4.2.7", TABLE, PYTHONS, TODAY)


starts = st.sampled_from([v for r in TABLE.releases if (1, 11) <= r <= (6, 0) for v in TABLE.rows[r].versions])
machines = st.sets(st.sampled_from(PYTHONS), min_size=1).map(lambda chosen: tuple(sorted(chosen)))


@given(starts, machines, st.sampled_from(["each", "lts"]), st.data())
def test_every_path_joins_climbs_and_keeps_python_supported(django: str, pythons, via, data):
    supported = TABLE.supported_pythons(django)
    start = Stop(django=django, python=data.draw(st.sampled_from(supported)))
    ahead = [release for release in TABLE.releases if release >= start.release]
    target = Target(version=TABLE.latest(data.draw(st.sampled_from(ahead))))
    try:
        path = plan_path(start, target, TABLE, pythons, via=via, today=TODAY)
    except EnvironmentFailedError:
        return
    here = start
    for number, hop in enumerate(path.hops, start=1):
        assert (hop.number, hop.start) == (number, here)
        assert Version(hop.end.django) >= Version(here.django)
        assert hop.end.python >= here.python
        if hop.kind != "patch":
            assert hop.end.python in TABLE.supported_pythons(hop.end.django)
        here = hop.end
    assert here.django == target.version
    if via == "each":
        crossed = [release for hop in path.hops for release in hop.crossed]
        assert crossed == list(TABLE.between(start.release, target.release))


def test_a_month_means_its_last_day():
    assert last_day("2027-12") == dt.date(2027, 12, 31)
    assert last_day("2028-02") == dt.date(2028, 2, 29)


def test_support_counts_the_last_day():
    assert TABLE.is_supported((4, 2), dt.date(2026, 4, 7))
    assert not TABLE.is_supported((4, 2), dt.date(2026, 4, 8))


def test_a_python_added_by_a_patch_counts_from_that_patch():
    assert (3, 9) not in TABLE.supported_pythons("2.2.16")
    assert (3, 9) in TABLE.supported_pythons("2.2.17")
    assert (3, 12) not in TABLE.supported_pythons("4.2.7")


def test_unpinned_requirements_are_taken_from_the_middle_of_a_life_but_never_from_the_future():
    assert TABLE.mid_life((2, 2), TODAY) == dt.date(2020, 10, 5)
    assert TABLE.mid_life((6, 1), TODAY) == TODAY


def test_the_estimate_counts_what_a_person_reads_and_mends():
    findings = [
        Finding(change="a/b", summary="", severity="must", place=None, fixable=fixable)
        for fixable in (True, True, False)
    ]
    guess = estimate(plan("5.1.15", (3, 12), "5.2"), findings, test_seconds=120)
    assert (guess.fixable, guess.by_hand, guess.person_hours) == (2, 1, 0.3)
    assert guess.run_minutes == 6
