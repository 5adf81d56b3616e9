"""The last hop of a run: packages go up one group at a time, and what is not green leaves nothing behind."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.road.conftest import git

pytestmark = [pytest.mark.slow, pytest.mark.network]

Djup = Callable[..., subprocess.CompletedProcess[str]]
Make = Callable[..., Path]

DRIVER = Path(__file__).parent / "driver.py"

TESTS = """\
from django.test import SimpleTestCase
from packaging.version import Version
import packaging
import sqlparse


class Packages(SimpleTestCase):
    def test_an_old_packaging_is_needed(self):
        self.assertLess(Version(packaging.__version__), Version("22"))

    def test_sqlparse_is_there(self):
        self.assertTrue(sqlparse.__version__)
"""

REQUIREMENTS = """\
Django==5.2.1
sqlparse==0.4.4  # for reports, see ticket 12
packaging==20.9
asgiref>=3.8,<3.8.2
"""

FILES = {
    "requirements.txt": REQUIREMENTS,
    "shelf/test_packages.py": TESTS,
    "shelf/tests.py": None,
    "site_settings.py": """\
SECRET_KEY = "for tests only"
ROOT_URLCONF = "site_urls"
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "shelf"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "db.sqlite3"}}
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
""",
    "shelf/models.py": """\
from django.db import models


class Book(models.Model):
    title = models.CharField(max_length=100)

    class Meta:
        ordering = ["title"]
""",
}


def requirements(root: Path) -> dict[str, str]:
    lines = git(root, "show", "djup/5.2:requirements.txt").splitlines()
    return {line.replace(">", "=").split("=")[0]: line for line in lines}


def test_each_group_is_a_commit_of_its_own_and_a_red_one_is_none(make_project: Make, djup: Djup):
    root = make_project(changes=FILES)
    ran = djup("upgrade", "-y", "--to", "5.2", root)
    assert ran.returncode == 0, ran.stderr
    report = json.loads(djup("report", "--format", "json", root).stdout)
    assert report["hops"][-1]["kind"] == "packages"
    moved = {move["name"]: move for move in report["packages"]}
    assert {"asgiref", "django", "packaging", "sqlparse"} <= set(moved)
    assert (moved["packaging"]["from"], moved["packaging"]["to"]) == ("20.9", "21.3")
    (kept,) = report["kept"]
    assert (kept["name"], kept["version"]) == ("packaging", "21.3")
    assert "test_an_old_packaging_is_needed" in kept["why"]
    assert requirements(root)["packaging"] == "packaging==21.3"
    assert requirements(root)["sqlparse"].endswith("  # for reports, see ticket 12")
    assert requirements(root)["asgiref"] != "asgiref>=3.8,<3.8.2"
    subjects = git(root, "log", "--format=%s", "main..djup/5.2").splitlines()
    assert "Raise packaging from 20.9 to 21.3" in subjects
    assert len([subject for subject in subjects if "packaging" in subject]) == 1
    commit = git(root, "log", "--format=%H", "--grep=Raise sqlparse", "main..djup/5.2")
    assert git(root, "show", "--name-only", "--format=", commit).splitlines() == ["requirements.txt"]
    assert "Packages left where they are" in djup("report", "--format", "markdown", root).stdout


def test_only_skip_and_no_packages(make_project: Make, djup: Djup):
    root = make_project(changes=FILES)
    assert (
        djup(
            "upgrade", "-y", "--to", "5.2", "--only-package", "sqlparse,asgiref", "--skip-package", "asgiref", root
        ).returncode
        == 0
    )
    now = requirements(root)
    assert now["packaging"] == "packaging==20.9"
    assert now["asgiref"] == "asgiref>=3.8,<3.8.2"
    assert now["sqlparse"] != "sqlparse==0.4.4  # for reports, see ticket 12"
    assert djup("upgrade", "--abort", root).returncode == 0
    assert djup("upgrade", "-y", "--to", "5.2", "--no-packages", root).returncode == 0
    assert requirements(root)["sqlparse"] == "sqlparse==0.4.4  # for reports, see ticket 12"


@pytest.mark.parametrize("moment", ["commit in {}-group-02", "within {}-group-02 1.5", "after {}-group-01"])
def test_a_run_killed_among_groups_ends_the_same(
    moment: str, make_project: Make, djup: Djup, surroundings: dict[str, str]
):
    root = make_project(changes=FILES)
    hops = json.loads(djup("plan", "--to", "5.2", "--format", "json", root).stdout)["hops"]

    def run(at: str) -> subprocess.CompletedProcess[bytes]:
        words = [sys.executable, str(DRIVER), str(root), "5.2", at]
        return subprocess.run(words, env=surroundings, capture_output=True, check=False)

    assert run(moment.format(hops[-1]["number"])).returncode == -signal.SIGKILL
    ended = run("")
    assert ended.stdout == b"green", ended.stderr.decode()
    subjects = git(root, "log", "--format=%s", "main..djup/5.2").splitlines()
    assert len(subjects) == len(set(subjects))
    assert requirements(root)["packaging"] == "packaging==21.3"


SITE_URLS = """\
from django.http import HttpResponse
from django.urls import path
from packaging import version


def index(request):
    return HttpResponse("old versions are read" if hasattr(version, "LegacyVersion") else "old versions are refused")


urlpatterns = [path("", index, name="index")]
"""


def test_without_tests_the_running_site_tells_which_group_is_green(make_project: Make, djup: Djup):
    wanted = {"requirements.txt": "Django==5.2.1\npackaging==20.9\n", "shelf/test_packages.py": None}
    root = make_project(changes={**FILES, **wanted, "site_urls.py": SITE_URLS})
    ran = djup("upgrade", "-y", "--to", "5.2", root)
    assert ran.returncode == 0, ran.stderr
    assert requirements(root)["packaging"] == "packaging==21.3"
    (kept,) = json.loads(djup("report", "--format", "json", root).stdout)["kept"]
    assert kept["name"] == "packaging"
    assert "old versions are read → old versions are refused" in kept["why"]
