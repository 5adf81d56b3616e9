"""Each phase and its boundaries: the last day still counts."""

from __future__ import annotations

import datetime as dt

import pytest

from djup.lifecycle.models import ProductRelease
from djup.lifecycle.status import Status, status


def on(day: str, **dates) -> tuple[str, str, int | None]:
    found = status(ProductRelease(release_cycle="1", **dates), dt.date.fromisoformat(day))
    return found.phase, found.until, found.days_left


FULL = {"release_date": "2020-01-10", "eoas": "2021-06-30", "eol": "2022-06-30", "eoes": "2023-06-30"}


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2020-01-09", ("planned", "2020-01-10", 1)),
        ("2020-01-10", ("active", "2021-06-30", 537)),
        ("2021-06-29", ("active", "2021-06-30", 1)),
        ("2021-06-30", ("active", "2021-06-30", 0)),
        ("2021-07-01", ("security", "2022-06-30", 364)),
        ("2022-06-30", ("security", "2022-06-30", 0)),
        ("2022-07-01", ("extended", "2023-06-30", 364)),
        ("2023-06-30", ("extended", "2023-06-30", 0)),
        ("2023-07-01", ("eol", "2023-06-30", -1)),
    ],
)
def test_the_phases_and_their_boundary_days(day, expected):
    assert on(day, **FULL) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2028-01-30", ("planned", "2028-01", 1)),
        ("2028-01-31", ("active", "2029-01", 366)),
        ("2029-01-31", ("active", "2029-01", 0)),
        ("2031-01-31", ("security", "2031-01", 0)),
        ("2031-02-01", ("eol", "2031-01", -1)),
    ],
)
def test_a_month_means_its_last_day(day, expected):
    assert on(day, release_date="2028-01", eoas="2029-01", eol="2031-01") == expected


def test_yes_and_no_instead_of_dates():
    assert on("2024-01-01", eol=False) == ("active", "", None)
    assert on("2024-01-01", eol=True) == ("eol", "", None)
    assert on("2024-01-01", eoas=True, eol=False) == ("security", "", None)
    assert on("2024-01-01", eoas=False, eol="2024-12-31") == ("active", "2024-12-31", 365)
    assert on("2024-01-01", eol=True, eoes=False) == ("extended", "", None)
    assert on("2024-01-01", eol="2023-01-01", eoes=True) == ("eol", "2023-01-01", -365)


def test_what_nobody_says_is_unknown_and_not_supported():
    assert on("2024-01-01", release_date="2020-01-01") == ("unknown", "", None)
    assert not Status(phase="unknown", until="", days_left=None).supported


def test_an_end_of_active_support_after_the_end_of_life_does_not_revive_a_release():
    assert on("2024-01-01", eoas="2025-01-01", eol="2023-12-31") == ("eol", "2023-12-31", -1)


def test_a_leap_day_and_a_december_month():
    assert on("2024-02-29", eol="2024-02") == ("active", "2024-02", 0)
    assert on("2023-12-31", eol="2023-12") == ("active", "2023-12", 0)
    assert on("2024-01-01", eol="2023-12") == ("eol", "2023-12", -1)
