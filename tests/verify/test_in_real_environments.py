"""The probes in real Djangos of several eras: outcomes by id, warnings with their owner, checks and sweeps."""

from __future__ import annotations

import pytest

from djup.reporter import Reporter
from djup.verify.inspection import inspect
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
    assert [(one.status, one.message.partition(":")[0]) for one in run.outcomes] == [("passed", "flickered")]


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
