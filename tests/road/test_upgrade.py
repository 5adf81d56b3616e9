"""The road as a user walks it: a plan that changes nothing, an upgrade, a stop that a person mends, and the reports."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.road.conftest import git

pytestmark = [pytest.mark.slow, pytest.mark.network]

Djup = Callable[..., subprocess.CompletedProcess[str]]
Make = Callable[..., Path]

OLD_ONLY = """\
import django
from django.test import SimpleTestCase


class Old(SimpleTestCase):
    def test_version(self):
        self.assertLess(django.VERSION, (5, 0))
"""


def state(root: Path) -> tuple[str, str, str]:
    return git(root, "rev-parse", "HEAD"), git(root, "status", "--porcelain"), git(root, "branch", "--list")


def test_a_dry_run_and_a_diff_change_nothing(make_project: Make, djup: Djup):
    root = make_project()
    before = state(root)
    plan = djup("upgrade", "--dry-run", "--to", "5.2", root)
    diff = djup("upgrade", "--diff", "--to", "5.2", root)
    assert (plan.returncode, diff.returncode) == (0, 0)
    assert "5.0" in plan.stdout
    assert "-FIRST = datetime.datetime(2020, 1, 1, tzinfo=timezone.utc)" in diff.stdout
    assert "+FIRST = datetime.datetime(2020, 1, 1, tzinfo=datetime.timezone.utc)" in diff.stdout
    assert state(root) == before
    assert not (root / ".git" / "djup").exists()


def test_the_diff_can_be_applied_by_git(make_project: Make, djup: Djup):
    root = make_project()
    patch = djup("upgrade", "--diff", "--to", "5.2", root).stdout
    subprocess.run(["git", "apply", "--check", "-"], cwd=root, input=patch, text=True, check=True)


def test_an_upgrade_ends_green_and_tells_everything(make_project: Make, djup: Djup):
    root = make_project()
    before = state(root)
    ran = djup("upgrade", "-y", "--to", "5.2", root)
    assert ran.returncode == 0, ran.stderr
    assert state(root)[:2] == before[:2]
    report = json.loads(djup("report", "--format", "json", root).stdout)
    assert report["schema_version"] == 1
    assert (report["verdict"], report["branch"]) == ("green", "djup/5.2")
    assert report["from"] == {"django": "4.2.30", "python": "3.12"}
    assert report["reached"] == report["target"]
    assert report["reached"]["django"].startswith("5.2.")
    assert (
        report["tests"]["baseline"] == report["tests"]["final"] == {"passed": 2, "failed": 0, "skipped": 0, "total": 2}
    )
    assert {"from", "to", "steps", "seconds", "commits", "green"} <= set(report["hops"][0])
    assert sum(report["changes"].values()) >= 3
    assert {"name", "from", "to", "why"} == set(report["packages"][0])
    assert report["seconds"] >= report["seconds_overhead"] > 0
    _the_branch_reads_well(root)
    _the_report_has_every_form(djup, root)


def _the_branch_reads_well(root: Path) -> None:
    subjects = git(root, "log", "--format=%s", "main..djup/5.2").splitlines()
    assert len(subjects) == len(set(subjects))
    assert all(subject[0].isupper() and len(subject) <= 72 and not subject.endswith(".") for subject in subjects)
    assert all("Djup-Hop" in body for body in git(root, "log", "--format=%B%x00", "main..djup/5.2").split("\0")[:-1])
    assert "Django==5.2." in git(root, "show", "djup/5.2:requirements.txt")
    assert "# LTS" in git(root, "show", "djup/5.2:requirements.txt")


def _the_report_has_every_form(djup: Djup, root: Path) -> None:
    markdown = djup("report", "--format", "markdown", root).stdout
    assert "| `django` | 4.2.30 | 5.2." in markdown
    assert "\x1b" not in markdown
    timings = djup("report", "--timings", root).stdout
    assert "Timings" in timings
    assert "waited" in timings


def test_a_stop_is_mended_by_a_person_and_goes_on(make_project: Make, djup: Djup):
    root = make_project(changes={"shelf/test_old.py": OLD_ONLY})
    stopped = djup("upgrade", "-y", "--to", "5.0", root)
    assert stopped.returncode == 3
    assert "shelf.test_old.Old.test_version" in stopped.stderr
    report = json.loads(djup("report", "--format", "json", root).stdout)
    assert report["verdict"] == "blocked"
    worktree = Path(report["worktree"])
    (worktree / "shelf" / "test_old.py").write_text(OLD_ONLY.replace("(5, 0)", "(6, 0)"))
    git(worktree, "-c", "user.name=Ada", "-c", "user.email=a@b.c", "commit", "-q", "-a", "-m", "Allow Django 5")
    mended = git(worktree, "rev-parse", "HEAD")
    went_on = djup("upgrade", "--continue", root)
    assert went_on.returncode == 0, went_on.stderr
    assert mended in git(root, "log", "--format=%H", "djup/5.0").splitlines()
    again = json.loads(djup("report", "--format", "json", root).stdout)
    assert again["verdict"] == "green"
    assert again["reached"]["django"].startswith("5.0.")


def test_a_run_can_be_dropped_without_a_trace(make_project: Make, djup: Djup):
    root = make_project(changes={"shelf/test_old.py": OLD_ONLY})
    before = state(root)
    assert djup("upgrade", "-y", "--to", "5.0", root).returncode == 3
    worktree = Path(json.loads(djup("report", "--format", "json", root).stdout)["worktree"])
    assert worktree.exists()
    assert djup("upgrade", "--abort", root).returncode == 0
    assert state(root) == before
    assert not worktree.exists()
    assert djup("report", root).returncode == 2


def test_a_project_without_git_gets_a_repository_when_asked(make_project: Make, djup: Djup):
    root = make_project(commit=False)
    assert djup("upgrade", "-y", "--to", "patch", root).returncode == 2
    assert not (root / ".git").exists()
    assert djup("upgrade", "-y", "--init-git", "--to", "5.0", root, GIT_CONFIG_GLOBAL="/dev/null").returncode == 0
    assert git(root, "log", "--format=%s", "-1") == "The project as it is"
