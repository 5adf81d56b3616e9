"""The probes in real Djangos of several eras: outcomes by id, warnings with their owner, checks and sweeps."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import msgspec
import pytest

from djup.reporter import Reporter
from djup.verify.inspection import inspect
from djup.verify.outcomes import named_tests
from djup.verify.tests import run_tests
from tests.verify.conftest import Place

pytestmark = [pytest.mark.slow, pytest.mark.network]

EXPECTED = {
    "test_passes": "passed",
    "test_fails": "failed",
    "test_breaks": "error",
    "test_skipped": "skipped",
    "test_known": "xfailed",
    "test_parts": "failed",
}


@pytest.mark.parametrize("command", ["python manage.py test", "python manage.py test --parallel 2"])
def test_each_unittest_has_its_outcome(place: Place, command: str):
    run = run_tests(place(command), Reporter())
    found = {outcome.id: outcome.status for outcome in run.outcomes}
    assert found == {
        **{f"shelf.tests.Outcomes.{name}": status for name, status in EXPECTED.items()},
        "shelf.tests.Others.test_passes": "passed",
    }
    assert run.finished


@pytest.mark.parametrize("command", ["pytest", "pytest -n 2"])
def test_each_pytest_has_its_outcome(place: Place, command: str):
    run = run_tests(place(command), Reporter())
    found = {outcome.id: outcome.status for outcome in run.outcomes}
    breaks = {"test_breaks": "failed"}  # pytest calls an exception in a test a failure
    assert found == {
        **{f"shelf/tests.py::Outcomes::{name}": status for name, status in {**EXPECTED, **breaks}.items()},
        "shelf/tests.py::Others::test_passes": "passed",
    }
    assert run.finished


@pytest.mark.parametrize("command", ["python manage.py test", "pytest -n 2"])
def test_a_warning_is_told_with_its_place_and_owner(place: Place, command: str):
    run = run_tests(place(command), Reporter())
    (seen,) = [one for one in run.warnings if one.text == "the old way"]
    assert (seen.path, seen.owner, seen.line) == ("shelf/tests.py", "own", 12)
    assert seen.category.endswith("DeprecationWarning")


def test_the_message_of_a_failure_is_kept(place: Place):
    run = run_tests(place(), Reporter())
    messages = {outcome.id.rpartition(".")[2]: outcome.message for outcome in run.outcomes}
    assert "ValueError: broken" in messages["test_breaks"]
    assert "AssertionError: 0 != 1" in messages["test_fails"]


def test_a_test_that_passes_the_second_time_flickers(place: Place):
    once = """\
import os
from django.test import SimpleTestCase

class Once(SimpleTestCase):
    def test_once(self):
        known = os.path.exists("seen")
        open("seen", "w").close()
        self.assertTrue(known)
"""
    run = run_tests(place(changes={"shelf/tests.py": once}), Reporter())
    assert [(one.status, one.nature) for one in run.outcomes] == [("passed", "flaky")]


PLANTED = """\
import os
import random
import time
from django.test import SimpleTestCase

STATE = []

class A(SimpleTestCase):
    def test_leaves_something(self):
        STATE.append(1)

    def test_flaky(self):
        known = os.path.exists("seen")
        open("seen", "w").close()
        self.assertTrue(known)

    def test_seeded(self):
        self.assertEqual([random.random() for _ in range(3)], [random.random() for _ in range(3)])

class B(SimpleTestCase):
    def test_needs_a_clean_state(self):
        self.assertEqual(STATE, [])

    def test_slow(self):
        time.sleep(5.2)
"""


@pytest.mark.parametrize("command", ["python manage.py test", "pytest -p no:xdist"])
def test_flaky_and_order_dependent_tests_are_told_apart_from_failing_ones(place: Place, command: str):
    run = run_tests(place(command, changes={"shelf/tests.py": PLANTED}), Reporter())
    found = {re.split(r"[.:]", one.id)[-1]: one for one in run.outcomes}
    assert (found["test_needs_a_clean_state"].status, found["test_needs_a_clean_state"].nature) == ("passed", "order-dependent")  # fmt: skip
    assert (found["test_flaky"].status, found["test_flaky"].nature) == ("passed", "flaky")
    assert found["test_seeded"].status in ("failed", "error")
    assert {(one.what, re.split(r"[.:]", one.id)[-1]) for one in named_tests({0: run})} >= {
        ("order-dependent", "test_needs_a_clean_state"),
        ("slow", "test_slow"),
    }


def test_chance_falls_the_same_in_each_run(place: Place):
    chance = "import random\nfrom django.test import SimpleTestCase\n\nclass A(SimpleTestCase):\n    def test_it(self):\n        self.fail(random.random())\n"
    runs = [run_tests(place(changes={"shelf/tests.py": chance}), Reporter()) for _ in range(2)]
    first, second = (run.outcomes[0].message.strip().splitlines()[-1] for run in runs)
    assert first == second


def test_a_test_that_hangs_is_named_and_ended_with_its_children(place: Place, tmp_path: Path):
    hangs = f"""\
import subprocess, sys
from django.test import SimpleTestCase

class Hangs(SimpleTestCase):
    def test_it(self):
        subprocess.call([sys.executable, "-c", "import time, os; open({str(tmp_path / "pid")!r}, 'w').write(open('/proc/self/stat').read()); time.sleep(600)"])
"""
    run = run_tests(msgspec.structs.replace(place(changes={"shelf/tests.py": hangs}), timeout=8), Reporter())
    assert not run.finished
    assert "did not end within 8 s; running then: shelf.tests.Hangs.test_it" in run.reason
    assert (tmp_path / "pid").exists()
    left = subprocess.run(["pgrep", "-f", str(tmp_path / "pid")], capture_output=True, text=True, check=False).stdout
    assert left == ""


def test_a_runner_that_dies_did_not_finish(place: Place):
    died = "import os\nfrom django.test import SimpleTestCase\n\nclass Dies(SimpleTestCase):\n    def test_it(self):\n        os._exit(7)\n"
    run = run_tests(place(changes={"shelf/tests.py": died}), Reporter())
    assert not run.finished
    assert run.returncode == 7


def test_tests_reach_nothing_but_the_loopback(place: Place):
    asks = """\
import socket
from django.test import SimpleTestCase

class Asks(SimpleTestCase):
    def test_loopback(self):
        server = socket.socket()
        server.bind(("127.0.0.1", 0))
        server.listen(1)
        socket.create_connection(server.getsockname(), timeout=5).close()

    def test_world(self):
        socket.create_connection(("192.0.2.1", 80), timeout=2)
"""
    run = run_tests(place(changes={"shelf/tests.py": asks}), Reporter())
    found = {outcome.id.rpartition(".")[2]: outcome.status for outcome in run.outcomes}
    assert found == {"test_loopback": "passed", "test_world": "error"}


def test_every_check_and_sweep_finds_its_trouble(place: Place):
    checked = {one.name: one for one in inspect(place(), ["shelf", "shelf.models", "shelf.needs"], ["conf.py"])}
    assert {name: one.ran for name, one in checked.items()} == dict.fromkeys(checked, True)
    assert checked["drift"].well == ("shelf",)
    assert checked["templates"].well == ("shelf/templates/well.html",)
    assert [one.subject for one in checked["templates"].troubles] == ["shelf/templates/broken.html"]
    assert [one.subject for one in checked["imports"].troubles] == ["shelf.needs"]
    assert "not_there" in checked["imports"].troubles[0].message


def test_a_model_without_its_migration_drifts(place: Place):
    model = "from django.db import models\n\n\nclass Book(models.Model):\n    title = models.CharField(max_length=10)\n"
    checked = {one.name: one for one in inspect(place(changes={"shelf/models.py": model}), [], ["conf.py"])}
    (drift,) = checked["drift"].troubles
    assert (drift.subject, drift.message) == ("shelf", "Alter field title on book")


def test_a_failing_system_check_is_told_by_its_id(place: Place):
    model = "from django.db import models\n\n\nclass Book(models.Model):\n    price = models.DecimalField(max_digits=1, decimal_places=5)\n"
    checked = {one.name: one for one in inspect(place(changes={"shelf/models.py": model}), [], ["conf.py"])}
    assert "fields.E134" in " ".join(one.subject + one.message for one in checked["check"].troubles)


def test_settings_that_do_not_load_are_said(place: Place):
    settings = "import os\nSECRET_KEY = os.environ['SHOP_KEY']\n"
    checked = {one.name: one for one in inspect(place(changes={"conf.py": settings}), [], ["conf.py"])}
    assert "SHOP_KEY" in checked["settings"].troubles[0].message


def test_a_source_that_does_not_parse_is_said_with_its_line(place: Place):
    checked = {
        one.name: one for one in inspect(place(changes={"shelf/odd.py": "x = 1\ny = (\n"}), [], ["shelf/odd.py"])
    }
    (trouble,) = checked["sources"].troubles
    assert trouble.subject == "shelf/odd.py"
    assert "line 2" in trouble.message or "line 3" in trouble.message
