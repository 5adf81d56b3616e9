"""Conflicts planted on an index: each is told as the smallest set that cannot hold together, with its first way out."""

from __future__ import annotations

import datetime as dt
from pathlib import Path, PurePosixPath

from djup.environments.interpreters import interpreters
from djup.packages.conflicts import Question, find_conflicts
from djup.packages.faults import Conflict
from djup.packages.index import Index
from djup.project.manifests import requirements
from tests.packages.conftest import Planted

HERE = tuple(one for one in interpreters() if (3, 9) <= one.release <= (3, 12))
OLD = min(HERE, key=lambda one: one.release)
NEW = max(HERE, key=lambda one: one.release)


def conflicts(planted: Planted, tmp_path: Path, text: str, django: str = "5.0") -> tuple[Conflict, ...]:
    question = Question(
        requirements=requirements.read(text, PurePosixPath("requirements.txt")).requirements,
        django=django,
        interpreter=OLD,
        index=Index([planted.url], cache=tmp_path / "pages"),
        root=tmp_path,
        today=dt.date(2024, 6, 1),
        earlier=("4.2", "4.0", "3.2"),
        others=HERE,
    )
    return find_conflicts(question)


def only(found: tuple[Conflict, ...]) -> Conflict:
    assert len(found) == 1, found
    return found[0]


def test_what_holds_together_is_no_conflict(planted: Planted, tmp_path: Path):
    planted.add("shelf", "1.0", "django<4")
    planted.add("shelf", "2.0", "django>=4")
    assert conflicts(planted, tmp_path, "shelf==1.0\n") == (), "a pin may be raised"


def test_a_cap_in_the_projects_own_manifest(planted: Planted, tmp_path: Path):
    planted.add("shelf", "1.0", "django<4")
    planted.add("shelf", "2.0", "django>=4")
    planted.add("bystander", "1.0")
    found = only(conflicts(planted, tmp_path, "bystander\nshelf>=1.0,<2\n"))
    assert (found.kind, found.packages) == ("own-cap", ("shelf",))
    assert found.requirements == ("requirements.txt:2:1: shelf>=1.0,<2",)
    assert found.ways[0].what == "drop the cap of shelf (>=1.0,<2) and take 2.0"
    assert found.ways[0].changes == "requirements.txt:2:1"
    assert found.ways[1].what == "keep Django at 3.2"


def test_a_cap_in_a_package_that_is_alive(planted: Planted, tmp_path: Path):
    planted.add("shelf", "1.0", "django<4.1", uploaded="2024-05-01")
    planted.add("bystander", "1.0")
    found = only(conflicts(planted, tmp_path, "bystander\nshelf\n"))
    assert (found.kind, found.packages) == ("package-cap", ("shelf",))
    assert "django<4.1" in found.why
    assert [way.what for way in found.ways] == [
        "take a fork of shelf without its cap, which the tests may prove needless",
        "keep Django at 4.0",
        "wait: shelf had a release on 2024-05-01",
    ]


def test_a_python_that_is_missing(planted: Planted, tmp_path: Path):
    planted.add("shelf", "1.0", python=f">={NEW.release[0]}.{NEW.release[1]}")
    found = only(conflicts(planted, tmp_path, "shelf\n"))
    assert found.kind == "python"
    assert f"needs Python >={NEW.release[0]}.{NEW.release[1]}" in found.why
    assert found.ways[0].what == f"run on Python {NEW.release[0]}.{NEW.release[1]}"


def test_every_version_that_fits_was_withdrawn(planted: Planted, tmp_path: Path):
    planted.add("shelf", "1.0")
    planted.add("shelf", "2.0", yanked=True)
    found = only(conflicts(planted, tmp_path, "shelf>=2\n"))
    assert found.kind == "withdrawn"
    assert found.ways[0].what == "take shelf 1.0, which was not withdrawn"


def test_only_pre_releases_fit(planted: Planted, tmp_path: Path):
    planted.add("shelf", "1.0")
    planted.add("shelf", "2.0rc1")
    found = only(conflicts(planted, tmp_path, "shelf>1.5\n"))
    assert found.kind == "pre-release"
    assert found.ways[0].what == "allow the pre-release: shelf>=2.0rc1"


def test_a_package_that_was_renamed_and_is_gone(planted: Planted, tmp_path: Path):
    found = only(conflicts(planted, tmp_path, "raven==6.10.0\n"))
    assert found.kind == "unknown"
    assert found.ways[0].what == "replace raven by sentry-sdk"


def test_a_package_that_is_abandoned(planted: Planted, tmp_path: Path):
    planted.add("shelf", "1.0", "django<4", uploaded="2016-03-01")
    found = only(conflicts(planted, tmp_path, "shelf\n"))
    assert found.kind == "package-cap"
    assert found.ways[0].what == "fork or vendor shelf, which has had no release since 2016-03-01"
    assert "wait" not in str(found.ways)


def test_caps_that_shut_each_other_out(planted: Planted, tmp_path: Path):
    planted.add("loans", "1.0", "paper<2", "django>=5", uploaded="2024-05-01")
    planted.add("loans", "0.9", "django<5", uploaded="2023-05-01")
    planted.add("shelf", "1.0", "paper>=2", "django>=5", uploaded="2024-05-01")
    planted.add("shelf", "0.9", "django<5", uploaded="2023-05-01")
    planted.add("paper", "1.0")
    planted.add("paper", "2.0")
    planted.add("bystander", "1.0")
    found = only(conflicts(planted, tmp_path, "loans\nbystander\nshelf\n"))
    assert (found.kind, found.packages) == ("package-cap", ("loans", "shelf"))
    assert "paper" in found.why
    assert found.ways[0].what == "take a fork of loans without its cap, which the tests may prove needless"
    assert "keep Django at 4.2" in [way.what for way in found.ways]


def test_an_index_that_is_down(planted: Planted, tmp_path: Path):
    planted.down = True
    found = only(conflicts(planted, tmp_path, "shelf\n"))
    assert found.kind == "index"
    assert "answered 503" in found.why
    assert found.ways[0].what.startswith(f"bring {planted.url}/shelf/ back")


def test_a_hash_that_no_file_has(planted: Planted, tmp_path: Path):
    right = planted.add("shelf", "1.0")
    assert conflicts(planted, tmp_path, f"shelf==1.0 --hash=sha256:{right}\n") == ()
    found = only(conflicts(planted, tmp_path, f"shelf==1.0 --hash=sha256:{'0' * 64}\n"))
    assert found.kind == "hash"
    assert found.ways[0].what == "write the hashes of shelf 1.0 anew"


def test_a_version_that_never_was(planted: Planted, tmp_path: Path):
    planted.add("shelf", "1.0")
    found = only(conflicts(planted, tmp_path, "shelf>=7\n"))
    assert (found.kind, found.ways[0].what) == ("version", "ask for shelf 1.0")


def test_no_requirements_at_all_hold_together(planted: Planted, tmp_path: Path):
    assert conflicts(planted, tmp_path, "# nothing yet\n") == ()
