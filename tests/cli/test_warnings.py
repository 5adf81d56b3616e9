"""``djup warnings`` as a CI uses it: keep a baseline, fail on what is new, tell what is gone."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.network]

SITE = {
    "manage.py": "import os, sys\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'conf')\n"
    "from django.core.management import execute_from_command_line\nexecute_from_command_line(sys.argv)\n",
    "conf.py": "SECRET_KEY = 'for tests'\nINSTALLED_APPS = ['shelf']\nUSE_TZ = True\n"
    "DATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': ':memory:'}}\n",
    "shelf/__init__.py": "",
    "shelf/models.py": "",
    "shelf/ways.py": "from django.utils.encoding import force_text\n\n\ndef name(value):\n    return force_text(value)\n",
    "shelf/tests.py": "from django.test import SimpleTestCase\nfrom shelf.ways import name\n\n\n"
    "class Names(SimpleTestCase):\n    def test_name(self):\n        self.assertEqual(name(1), '1')\n"
    "        open('left.txt', 'w').close()\n",
    "requirements.txt": "Django==3.2.25\n",
    ".python-version": "3.8\n",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for path, text in SITE.items():
        (tmp_path / "site" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / path).write_text(text)
    return tmp_path / "site"


def djup(*words: str | Path) -> subprocess.CompletedProcess[str]:
    argv = [sys.executable, "-m", "djup", "warnings", *map(str, words)]
    return subprocess.run(argv, capture_output=True, text=True, check=False)


def test_a_baseline_is_a_ratchet(site: Path):
    files = {path.relative_to(site) for path in site.rglob("*")}
    listed = djup("list", "--format", "json", site)
    assert listed.returncode == 0, listed.stderr
    (one,) = json.loads(listed.stdout)["entries"]
    assert (one["owner"], one["change"], one["deadline"]["release"]) == ("own", "4.0/force-text", "4.0")
    assert one["symbol"] == "shelf.ways.name"
    assert {path.relative_to(site) for path in site.rglob("*")} == files, "nothing that runs leaves a trace here"
    assert djup("compare", site).returncode == 2
    assert djup("save", site).returncode == 0
    moved = "\n\n" + (site / "shelf/ways.py").read_text()
    (site / "shelf/ways.py").write_text(moved)
    same = djup("compare", site)
    assert (same.returncode, same.stdout.strip()) == (0, "0 new, 0 gone, 1 as before")
    (site / "shelf/ways.py").write_text(moved.replace("def name", "def other(value):\n    return 1\n\n\ndef title").replace("value)\n", "value, 0)\n") + "\n\nname = title\n")  # fmt: skip
    worse = djup("compare", "--format", "json", site)
    told = json.loads(worse.stdout)
    assert (worse.returncode, told["verdict"]) == (1, "new")
    assert [entry["symbol"] for entry in told["new"]] == ["shelf.ways.title"]
    assert [entry["symbol"] for entry in told["compared"]["gone"]] == ["shelf.ways.name"]


def test_a_test_that_fails_is_told_and_what_was_seen_is_listed(site: Path):
    (site / "shelf/tests.py").write_text(SITE["shelf/tests.py"].replace("'1')", "'2')"))
    ran = djup("list", site)
    assert ran.returncode == 0
    assert "1 of 1 tests fail" in ran.stdout
    assert "force_text() is deprecated" in ran.stdout


OLD_WAY = """\
import warnings


def name(value):
    warnings.warn("name() is the old way", DeprecationWarning, stacklevel=2)
    return str(value)


def title(value):
    warnings.warn("title() is the old way", DeprecationWarning, stacklevel=2)
    return str(value)
"""
TESTS = """\
from django.test import TestCase
from shelf.ways import name, title


class Names(TestCase):
    def test_name(self):
        self.assertEqual(name(1), "1")


class Titles(TestCase):
    def test_title(self):
        self.assertEqual(WAY(1), "1")
"""


@pytest.mark.parametrize(
    ("django", "python", "command"),
    [
        ("1.8.19", "2.7", "python manage.py test"),
        ("1.8.19", "2.7", "pytest"),
        ("1.8.19", "2.7", "pytest -n 2"),
        ("6.1.3", "3.13", "python manage.py test --parallel 2"),
        ("6.1.3", "3.13", "pytest"),
        ("6.1.3", "3.13", "pytest -n 2"),
    ],
)
def test_the_ratchet_holds_under_each_runner(site: Path, django: str, python: str, command: str):
    (site / "requirements.txt").write_text(f"Django=={django}\npytest\npytest-django\npytest-xdist\n")
    (site / ".python-version").write_text(f"{python}\n")
    (site / "djup.toml").write_text(f'test_command = "{command}"\n')
    (site / "pytest.ini").write_text("[pytest]\nDJANGO_SETTINGS_MODULE = conf\npython_files = tests.py\n")
    (site / "shelf/ways.py").write_text(OLD_WAY)
    (site / "shelf/tests.py").write_text(TESTS.replace("WAY", "name"))
    saved = djup("save", site)
    assert saved.returncode == 0, saved.stderr
    same = djup("compare", site)
    assert (same.returncode, "0 new, 0 gone" in same.stdout) == (0, True), same.stdout
    (site / "shelf/tests.py").write_text(TESTS.replace("WAY", "title"))
    told = json.loads(djup("compare", "--format", "json", site).stdout)
    assert [entry["message"] for entry in told["new"]] == ["title() is the old way"]
    assert told["verdict"] == "new"
