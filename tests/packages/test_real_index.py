"""The live package index, once for each thing asked of it."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name

from djup.environments.interpreters import interpreters, need_interpreter
from djup.environments.sources import own_sources
from djup.packages.floors import known_packages
from djup.packages.hashes import hashes_of
from djup.packages.index import Index
from djup.packages.resolve import Wanted, resolve
from djup.packages.ways import silent_since

pytestmark = [pytest.mark.slow, pytest.mark.network]


def test_a_page_tells_the_versions_and_the_days(tmp_path: Path):
    page = Index.of(own_sources(), cache=tmp_path).page("six")
    assert {"1.10.0", "1.16.0"} <= set(page.versions())
    uploaded = page.uploaded("1.16.0")
    assert uploaded is None or uploaded.isoformat() == "2021-05-05"


def test_hashes_are_those_of_every_file_of_a_version(tmp_path: Path):
    python = need_interpreter((3, 9), interpreters())
    found = hashes_of({"six": "1.16.0"}, python, None, root=tmp_path)
    assert set(found["six"]) == {
        "sha256:1e61c37477a1626458e36f7b1d82aa5c9b094fa4802892072e49de9c60c4c926",
        "sha256:8abb2f1d86890a2dfb989f9a77cfcfd3e47c2a354b01111771326f8aa26e0254",
    }


def test_nothing_is_asked_for_nothing(tmp_path: Path):
    python = need_interpreter((3, 9), interpreters())
    assert hashes_of({}, python, None, root=tmp_path) == {}


def test_dead_packages_died_on_the_day_their_last_version_came():
    dead = {name: known.abandoned for name, known in known_packages().items() if known.abandoned and name != "pil"}
    pages = Index.of(own_sources()).pages(dead)
    days = {name: str(pages[name].uploaded(pages[name].newest() or "")) for name in dead}
    assert days == dead


def test_what_takes_the_place_of_a_package_is_there_and_alive():
    named = {name: known.replaced_by for name, known in known_packages().items() if known.replaced_by}
    words = {
        name: [word for word in re.split(r", with | and ", text) if " " not in word] for name, text in named.items()
    }
    pages = Index.of(own_sources()).pages({word for some in words.values() for word in some})
    missing = {
        name: [word for word in some if not pages[canonicalize_name(word)].files] for name, some in words.items()
    }
    assert {name: some for name, some in missing.items() if some} == {}
    today = dt.datetime.now(dt.UTC).date()
    silent = {word for some in words.values() for word in some if silent_since(pages[canonicalize_name(word)], today)}
    assert silent <= {"pymemcache"}, "Django has a backend for that one, so it is no dead end"


@pytest.mark.parametrize(
    ("requirement", "as_of", "found"),
    [
        ("pytest>5.4.3,<6.0.1", dt.date(2020, 7, 20), "6.0.0"),  # 6.0.0rc1 is of 2020-07-08, 6.0.0 of 2020-07-28
        ("pytest==6.0.0rc1", None, "6.0.0rc1"),
        ("opentelemetry-instrumentation-django", dt.date(2021, 5, 1), "0.20b0"),  # it has no final releases
    ],
)
def test_a_pre_release_is_taken_where_it_is_asked_for_or_nothing_else_is_there(
    tmp_path: Path, requirement: str, as_of: dt.date | None, found: str
):
    python = need_interpreter((3, 8), interpreters())
    requirements = (requirement, "django==3.1.14")
    wanted = Wanted(requirements=requirements, until=dt.datetime.now(dt.UTC).date(), as_of=as_of, exempt=("django",))
    resolution = resolve(wanted, python, root=tmp_path)
    assert resolution.pins[re.split("[>=]", requirement)[0]] == found
