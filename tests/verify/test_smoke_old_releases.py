"""Smoke tests where djup begins: Django 1.8 on Python 2.7, and what its next release does otherwise."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest

from djup.environments.interpreters import interpreters, need_interpreter
from djup.environments.overlay import coverage_overlay
from djup.environments.store import Contents, ensure_environment
from djup.packages.resolve import Wanted, resolve
from djup.verify.schema import compare_schemas, read_schema
from djup.verify.smoke.compare import compare_smoke
from djup.verify.smoke.exercise import exercise
from djup.verify.smoke.records import count_reached
from djup.verify.workplace import Workplace

pytestmark = [pytest.mark.slow, pytest.mark.network]

SITE = Path(__file__).parent.parent / "projects" / "cornershop"
MODULES = ("goods.models", "goods.views", "goods.admin", "goods.forms", "news.models", "news.views")
HERE = PurePosixPath()

Place = Callable[[str], Workplace]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """The site in an environment of a Django on Python 2.7."""
    root = tmp_path / "cornershop"
    shutil.copytree(SITE, root)
    interpreter = need_interpreter((2, 7), interpreters())

    def make(django: str) -> Workplace:
        wanted = Wanted(requirements=(f"django=={django}",), until=dt.datetime.now(dt.UTC).date())
        lines = resolve(wanted, interpreter, root=tmp_path).lines
        python = ensure_environment(Contents(lines=lines), interpreter, tmp_path / "logs").python
        settings = "cornershop.settings"
        return Workplace(
            root=root, python=python, logs=tmp_path / "logs", tests=None, settings=settings, pythonpath=(root,)
        )

    return make


def test_a_site_of_django_1_8_on_python_2_7_is_exercised_whole(place: Place):
    old = place("1.8.19")
    before = exercise(old, MODULES, HERE, coverage=coverage_overlay(old.python).folder)
    assert before.ran, before.reason
    reached = count_reached(before)
    assert reached.routes_reached == reached.routes > 10
    assert reached.models_saved == reached.models > 0
    assert reached.percent >= 50
    again = exercise(old, MODULES, HERE, plan=before)
    assert [one.message for one in compare_smoke(before, again, [])] == []
    now = exercise(place("1.9.13"), MODULES, HERE, plan=before)
    blocking = [(one.subjects, one.message) for one in compare_smoke(before, now, [(1, 9)]) if one.blocks]
    # Its module imports django.forms.util, which 1.9 removed; nothing else is otherwise.
    assert blocking == [(("goods.forms.CodeForm",), "the form is gone")]


def test_the_schema_of_django_1_8_is_read_and_stays(place: Place, tmp_path: Path):
    before = read_schema(place("1.8.19"), HERE, tmp_path / "old.sqlite3")
    assert before.error == ""
    assert {"auth_user", "django_migrations"} <= set(before.tables)
    assert "0007_alter_validators_add_error_messages" not in str(before.applied)
    now = read_schema(place("1.9.13"), HERE, tmp_path / "new.sqlite3")
    own = [one for one in compare_schemas(before, now) if one.app in ("goods", "news")]
    assert own == []
