"""An upgrade of a project whose tests are odd: what is flaky, order-dependent or slow is named; what is lost stops it."""

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

ODD = """\
import os
import time

import django
from django.test import SimpleTestCase

STATE = []


class A(SimpleTestCase):
    def test_leaves_something(self):
        STATE.append(1)

    def test_flaky(self):
        known = os.path.exists("seen") or django.VERSION < (5,)
        if not known:
            open("seen", "w").close()
        self.assertTrue(known)


class B(SimpleTestCase):
    def test_needs_a_clean_state(self):
        self.assertEqual(STATE, [])

    def test_slow(self):
        time.sleep(5.5)
"""

OLD_ONLY = """\
import django
from django.test import SimpleTestCase


class Old(SimpleTestCase):
    def test_version(self):
        self.assertLess(django.VERSION, (5, 0))

    def test_other(self):
        self.assertEqual(1, 1)
"""


def test_odd_tests_do_not_stop_a_hop_and_are_named(make_project: Make, djup: Djup):
    root = make_project(changes={"shelf/test_odd.py": ODD, ".gitignore": "*.sqlite3\nseen\n"})
    ran = djup("upgrade", "-y", "--to", "5.0", root)
    assert ran.returncode == 0, ran.stderr
    report = json.loads(djup("report", "--format", "json", root).stdout)
    named = {(one["what"], one["id"].rpartition(".")[2], one["hop"] > 0) for one in report["named_tests"]}
    assert named == {
        ("flaky", "test_flaky", True), ("order-dependent", "test_needs_a_clean_state", False), ("slow", "test_slow", False),
    }  # fmt: skip
    markdown = djup("report", "--format", "markdown", root).stdout
    assert "- `shelf.test_odd.A.test_flaky` is flaky" in markdown
    text = djup("report", root).stdout
    assert "shelf.test_odd.B.test_slow is slow: takes 5" in text
    edits = {(one["path"], bool(one["change"])) for one in report["test_edits"]}
    assert edits == {("shelf/tests.py", True)}


@pytest.mark.parametrize(
    ("mended", "told"),
    [
        (OLD_ONLY.replace("self.assertLess(django.VERSION, (5, 0))", "pass"), "weaker shelf/test_old.py::Old.test_version"),
        (OLD_ONLY.partition("    def test_version")[0] + "    def test_other(self):\n        self.assertEqual(1, 1)\n", "missing shelf.test_old.Old.test_version"),
        (OLD_ONLY.replace("class Old", "@__import__('unittest').skip('later')\nclass Old"), "skipped now: later"),
    ],
    ids=["emptied", "deleted", "skipped"],
)  # fmt: skip
def test_a_test_that_is_emptied_deleted_or_skipped_stops_a_hop(make_project: Make, djup: Djup, mended: str, told: str):
    root = make_project(changes={"shelf/test_old.py": OLD_ONLY})
    assert djup("upgrade", "-y", "--to", "5.0", root).returncode == 3
    worktree = Path(json.loads(djup("report", "--format", "json", root).stdout)["worktree"])
    (worktree / "shelf" / "test_old.py").write_text(mended)
    git(worktree, "-c", "user.name=Ada", "-c", "user.email=a@b.c", "commit", "-q", "-a", "-m", "Weaken a test")
    went_on = djup("upgrade", "--continue", root)
    assert went_on.returncode == 3
    assert told in went_on.stderr
    report = json.loads(djup("report", "--format", "json", root).stdout)
    assert ("shelf/test_old.py", "", "Weaken a test") in {
        (one["path"], one["change"], one["subject"]) for one in report["test_edits"]
    }


FAILING = """\
import django
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.test import TestCase


class Failing(TestCase):
    def test_version(self):
        self.assertLess(django.VERSION, (5, 0))

    def test_unsaved(self):
        self.assertEqual(Permission.objects.filter(content_type=ContentType()).count(), 0)

    def test_unsaved_too(self):
        self.assertFalse(Permission.objects.filter(content_type=ContentType()).exists())
"""


def test_a_stop_lists_the_causes_of_its_failures_the_most_telling_first(make_project: Make, djup: Djup):
    root = make_project(changes={"shelf/test_failing.py": FAILING})
    stopped = djup("upgrade", "-y", "--to", "5.0", root)
    assert stopped.returncode == 3
    causes = json.loads(djup("report", "--format", "json", root).stdout)["causes"]
    assert [(one["kind"], len(one["failures"])) for one in causes] == [("change", 2), ("own", 1)]
    assert causes[0]["subject"] == "5.0/unsaved-filters"
    assert causes[0]["place"]["path"] == "shelf/test_failing.py"
    assert "2 failures:" in stopped.stdout
    assert stopped.stdout.index("5.0/unsaved-filters") < stopped.stdout.index("1 failure:")
    markdown = djup("report", "--format", "markdown", root).stdout
    assert "### Causes" in markdown
    assert "(5.0/unsaved-filters)" in markdown
