"""An upgrade of a project whose database lives on a server: its tests run there, and so does the proof of its schema."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.road.conftest import SITE
from tests.servers import postgresql_program

pytestmark = [pytest.mark.slow, pytest.mark.network]

Djup = Callable[..., subprocess.CompletedProcess[str]]
Make = Callable[..., Path]

SQLITE = '{"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "db.sqlite3"}}'
CHANGES = {
    "site_settings.py": "import os\n\nimport dj_database_url\n"
    + SITE["site_settings.py"].replace(SQLITE, '{"default": dj_database_url.parse(os.environ["SHOP_DATABASE"])}'),
    "requirements.txt": "Django==4.2.30\ndj-database-url==2.2.0\npsycopg2-binary==2.9.9\n",
    "shelf/test_server.py": """\
from django.db import connection
from django.test import TestCase


class Server(TestCase):
    def test_runs_on_the_server(self):
        self.assertEqual(connection.vendor, "postgresql")
""",
}


def databases(port: int) -> set[str]:
    psql = postgresql_program("psql")
    assert psql
    asked = [psql, "-h", "127.0.0.1", "-p", str(port), "-U", "shop", "-At", "-c", "SELECT datname FROM pg_database"]
    made = subprocess.run([*asked, "postgres"], check=True, capture_output=True, text=True)
    return {one for one in made.stdout.split() if "shop" in one}


@pytest.fixture
def address(postgresql_port: int) -> str:
    return f"postgres://shop:secret-word@127.0.0.1:{postgresql_port}/shop"


def test_tests_and_schema_are_proven_on_the_server(make_project: Make, djup: Djup, address: str, postgresql_port: int):
    root = make_project(changes=CHANGES)
    given = ["--env", f"SHOP_DATABASE={address}"]
    ran = djup("upgrade", "-y", "--to", "5.0", "--no-packages", *given, root)
    assert ran.returncode == 0, ran.stderr
    report = json.loads(djup("report", "--format", "json", root).stdout)
    assert report["verdict"] == "green"
    assert "secret-word" not in djup("report", root).stdout
    told = [step for hop in report["hops"] for step in hop["steps"] if step["step"] == "schema"]
    assert {step["message"].partition(" tables ")[2] for step in told[1:]} == {"on postgresql, equal"}
    assert databases(postgresql_port) == set()


def test_dropping_a_run_drops_the_database_it_kept(make_project: Make, djup: Djup, address: str, postgresql_port: int):
    failing = "import django\nfrom django.test import TestCase\n\n\nclass Old(TestCase):\n    def test_version(self):\n        self.assertLess(django.VERSION, (5, 0))\n"
    root = make_project(changes={**CHANGES, "shelf/test_old.py": failing})
    (root / ".env").write_text(f"export SHOP_DATABASE='{address}'\n")
    (root / ".gitignore").write_text("*.sqlite3\n.env\n")
    stopped = djup("upgrade", "-y", "--to", "5.0", "--allow-dirty", root, SHOP_DATABASE=address)
    assert stopped.returncode == 3, stopped.stderr
    assert databases(postgresql_port) == {"test_shop_djup"}
    dropped = djup("upgrade", "--abort", root, SHOP_DATABASE=address)
    assert dropped.returncode == 0
    assert databases(postgresql_port) == set()
