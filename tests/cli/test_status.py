"""``djup status`` as a person calls it: what a project is, until when what it uses is supported, and what to type next."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from djup.cli.status import status
from djup.config import load_config
from djup.report.status import StatusPage
from djup.tasks.plan import read
from djup.tasks.status import make_status

PROJECTS = Path(__file__).parent.parent / "projects"
TODAY = dt.date(2026, 11, 21)
SETTINGS = """
SECRET_KEY = "x"
DATABASES = {"default": {"ENGINE": "django.db.backends.ENGINE", "NAME": "shop"}}
"""


def page_of(root: Path) -> StatusPage:
    config = load_config(root, {}, {})
    return make_status(read(root, config), config, TODAY)


@pytest.fixture
def shop(tmp_path: Path):
    """A project with a database server and its driver, written as a test wants it."""

    def write(requirements: str, *, engine: str = "postgresql", image: str = "") -> Path:
        (tmp_path / "shop").mkdir()
        (tmp_path / "shop" / "__init__.py").touch()
        (tmp_path / "shop" / "settings.py").write_text(SETTINGS.replace("backends.ENGINE", f"backends.{engine}"))
        (tmp_path / "manage.py").write_text('os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n')
        (tmp_path / "requirements.txt").write_text(requirements)
        (tmp_path / ".python-version").write_text("3.9.18\n")
        if image:
            (tmp_path / "compose.yaml").write_text(f"services:\n  db:\n    image: {image}\n")
        return tmp_path

    return write


def standing(page: StatusPage) -> dict[str, tuple[str | None, str]]:
    return {one.subject.title: (one.subject.version, one.phase) for one in page.standing}


def test_the_bundled_project_stands_where_it_stands():
    page = page_of(PROJECTS / "townlibrary")
    assert standing(page) == {
        "Django": ("2.2.5", "eol"),
        "Python": ("3.7", "eol"),
        "SQLite": ("3", "active"),
        "Django REST framework": ("3.10.3", "eol"),
        "django-filter": ("2.2.0", "eol"),
    }
    assert (page.supported, page.latest_patch) == (False, "2.2.28")


def test_a_project_that_names_no_django_is_told_what_to_type_and_nothing_is_well():
    page = page_of(PROJECTS / "cornershop")
    assert (page.django, page.supported) == (None, None)
    assert standing(page)["Django"] == (None, "unknown")
    assert page.next_command.startswith("echo 'Django==")


def test_server_and_driver_are_judged_together_with_django(shop):
    page = page_of(shop("Django==5.2.3\npsycopg2-binary==2.9.9\n", image="postgres:13-alpine"))
    assert standing(page) == {
        "Django": ("5.2.3", "security"),
        "Python": ("3.9", "eol"),
        "PostgreSQL": ("13", "eol"),
        "psycopg2": ("2.9.9", "security"),
    }
    conflicts = {one.subject.title: one.conflicts for one in page.standing if one.conflicts}
    assert conflicts == {
        "Python": ("Django 5.2.3 supports Python 3.10, 3.11, 3.12, 3.13, not 3.9",),
        "PostgreSQL": ("Django 5.2.3 needs PostgreSQL 14 or newer, not 13",),
    }
    (server,) = [one for one in page.standing if one.subject.title == "PostgreSQL"]
    assert not server.subject.certain
    assert str(server.subject.place) == "compose.yaml:3"


def test_a_server_nobody_names_the_version_of_is_unknown(shop):
    page = page_of(shop("Django==5.2.3\n"))
    assert standing(page)["PostgreSQL"] == (None, "unknown")
    (server,) = [one for one in page.standing if one.subject.title == "PostgreSQL"]
    assert "needs PostgreSQL 14 or newer" in server.note


def test_mariadb_may_stand_behind_the_settings_of_mysql(shop):
    page = page_of(shop("Django==5.2.3\n", engine="mysql", image="mariadb:10.4"))
    assert standing(page)["MariaDB"] == ("10.4", "eol")
    assert "MySQL" not in standing(page)


def test_a_server_of_another_kind_is_not_the_projects_database(shop):
    page = page_of(shop("Django==5.2.3\n", engine="sqlite3", image="postgres:13"))
    assert "PostgreSQL" not in standing(page)


def test_only_the_first_issues_are_named_and_the_rest_is_counted(shop):
    out = CliRunner().invoke(status, [str(shop("Django==5.2.3\n"))]).stdout
    told = " ".join(out.partition("security issues, fixed")[2].partition(" more")[0].split())
    assert told.count("CVE-") == 3
    assert told.endswith("and 36")


@pytest.mark.parametrize("form", ["json", "markdown"])
def test_the_other_forms_tell_the_same(shop, form):
    out = CliRunner().invoke(status, [str(shop("Django==5.2.3\n", image="postgres:13")), "--format", form]).stdout
    if form == "json":
        assert [one["subject"]["title"] for one in json.loads(out)["standing"]] == ["Django", "Python", "PostgreSQL"]
    else:
        assert "| PostgreSQL | 13 (guess) | eol | 2025-11-13 |" in out
        assert out.splitlines()[-1].startswith("Next: `djup ")
