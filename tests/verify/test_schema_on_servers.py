"""The schema proof on real servers: what an upgrade leaves as it is, what Django itself changed, and what was lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest

from djup.environments.interpreters import interpreters, need_interpreter
from djup.environments.store import Contents, ensure_environment
from djup.model import parse_release
from djup.packages.resolve import Wanted, resolve
from djup.verify.proof import SchemaProof, prove
from djup.verify.schema import Schema, drop_from_server, on_server
from djup.verify.workplace import Workplace

pytestmark = [pytest.mark.slow, pytest.mark.network]

HERE = PurePosixPath()
OWN = ("shop",)

MODELS = """\
import uuid

from django.db import models


class Maker(models.Model):
    name = models.CharField(max_length=40, unique=True)


class Thing(models.Model):
    code = models.UUIDField(default=uuid.uuid4)
    maker = models.ForeignKey(Maker, related_name="things", on_delete=models.CASCADE)
    friends = models.ManyToManyField("self")
    title = models.CharField(max_length=40, db_index=True)
    size = models.PositiveIntegerField(default=1)
    price = models.DecimalField(max_digits=7, decimal_places=2, null=True)

    class Meta:
        unique_together = [("maker", "title")]
"""

MIGRATION = """\
import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel("Maker", [
            ("id", models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("name", models.CharField(max_length=40, unique=True)),
        ]),
        migrations.CreateModel("Thing", [
            ("id", models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("code", models.UUIDField(default=uuid.uuid4)),
            ("title", models.CharField(max_length=40, db_index=True)),
            ("size", models.PositiveIntegerField(default=1)),
            ("price", models.DecimalField(max_digits=7, decimal_places=2, null=True)),
            ("maker", models.ForeignKey(related_name="things", on_delete=models.CASCADE, to="shop.Maker")),
            ("friends", models.ManyToManyField("shop.Thing")),
        ]),
        migrations.AlterUniqueTogether("thing", {("maker", "title")}),
    ]
"""

SETTINGS = """\
try:
    import pymysql
    pymysql.version_info = (2, 2, 1, "final", 0)
    pymysql.install_as_MySQLdb()
except ImportError:
    pass

SECRET_KEY = "for tests"
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "shop"]
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
USE_TZ = True
DATABASES = {"default": {"ENGINE": "django.db.backends.%(engine)s", "NAME": "%(name)s", "USER": "%(user)s",
                         "HOST": "127.0.0.1", "PORT": "%(port)s"}}
"""

Place = Callable[..., Workplace]
DRIVERS = {
    "postgresql": {"2.7": "psycopg2-binary==2.8.6", "3.7": "psycopg2-binary==2.8.6", "3.13": "psycopg[binary]"},
    "mysql": {"3.7": "pymysql<1.1", "3.13": "pymysql"},
}


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """The shop in an environment of a Django on a Python, with its database on a server."""

    def make(django: str, python: str, engine: str, port: int, migration: str = MIGRATION) -> Workplace:
        root = tmp_path / "shop_site"
        user = "shop" if engine == "postgresql" else "root"
        told = {"engine": engine, "user": user, "port": port, "name": f"d{abs(hash(str(tmp_path))) % 10**8}"}
        old = engine == "postgresql" and django.startswith("1.8")
        told["engine"] = "postgresql_psycopg2" if old else engine
        files = {
            "conf.py": SETTINGS % told,
            "shop/__init__.py": "",
            "shop/models.py": MODELS,
            "shop/migrations/__init__.py": "",
            "shop/migrations/0001_initial.py": migration,
        }
        for path, text in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, encoding="utf-8")
        interpreter = need_interpreter(parse_release(python), interpreters())
        wanted = (f"django=={django}", DRIVERS[engine][python])
        today = dt.datetime.now(dt.UTC).date()
        lines = resolve(Wanted(requirements=wanted, until=today), interpreter, root=tmp_path).lines
        built = ensure_environment(Contents(lines=lines), interpreter, tmp_path / "logs")
        return Workplace(
            root=root,
            python=built.python,
            logs=tmp_path / "logs",
            tests=None,
            settings="conf",
            pythonpath=(root,),
            network="host",
        )

    return make


def proven(baseline: Schema, place: Workplace) -> SchemaProof:
    new, forward = on_server(place, HERE, "new"), on_server(place, HERE, "forward")
    assert (new.error, forward.error) == ("", "")
    return prove(SchemaProof(new=baseline), SchemaProof(new=new, forward=forward), OWN)


def messages(proof: SchemaProof) -> tuple[list[str], list[str]]:
    return [one.message for one in proof.lost], [one.message for one in proof.apart]


@pytest.mark.parametrize(("django", "python"), [("1.8.19", "2.7"), ("2.2.28", "3.7")])
def test_a_schema_on_postgresql_stays_over_the_releases(place: Place, postgresql_port: int, django: str, python: str):
    before = on_server(place(django, python, "postgresql", postgresql_port), HERE, "baseline")
    assert before.error == ""
    thing = before.tables["shop_thing"]
    assert thing.columns["title"].type == "character varying(40)"
    assert thing.columns["id"].key
    assert thing.columns["id"].default == "counted up"
    assert ("maker_id", "shop_maker", "id") in thing.keys
    assert "unique index on maker_id, title" in map(str, thing.indexes)
    assert "index on title varchar_pattern_ops" in map(str, thing.indexes)
    assert any("size >= 0" in one for one in thing.checks)
    later = place("6.1.3", "3.13", "postgresql", postgresql_port)
    found = proven(before, later)
    assert messages(found) == ([], [])
    assert "0012_alter_user_first_name_max_length" in str(found.forward and found.forward.applied)
    assert drop_from_server(later, HERE) == ""
    assert "does not exist" in drop_from_server(later, HERE)


def test_what_is_lost_on_postgresql_is_told(place: Place, postgresql_port: int):
    before = on_server(place("2.2.28", "3.7", "postgresql", postgresql_port), HERE, "baseline")
    planted = MIGRATION.replace("max_length=40, db_index=True", "max_length=60").replace("unique=True", "db_index=True")
    later = place("6.1.3", "3.13", "postgresql", postgresql_port, planted)
    lost, apart = messages(proven(before, later))
    assert drop_from_server(later, HERE) == ""
    told = "shop_thing.title: type character varying(40) → character varying(60)"
    assert told in lost
    assert "shop_thing.title: type character varying(60) → character varying(40)" in apart
    assert "shop_thing: lost: index on title varchar_pattern_ops" in lost
    assert "shop_maker: lost: unique index on name" in lost


def test_a_schema_on_mariadb_shows_the_type_that_django_5_0_changed(place: Place, mariadb_port: int):
    before = on_server(place("2.2.28", "3.7", "mysql", mariadb_port), HERE, "baseline")
    assert before.error == ""
    thing = before.tables["shop_thing"]
    assert thing.columns["title"].type == "varchar(40)"
    assert thing.columns["id"].key
    assert thing.columns["id"].default == "counted up"
    assert ("maker_id", "shop_maker", "id") in thing.keys
    assert "unique index on maker_id, title" in map(str, thing.indexes)
    later = place("6.1.3", "3.13", "mysql", mariadb_port)
    found = proven(before, later)
    assert drop_from_server(later, HERE) == ""
    # 5.0's release notes, "Migrating existing UUIDField on MariaDB 10.7+": old columns stay char(32).
    # 3.0's: MariaDB checks that positive integers are, in tables made since.
    assert messages(found) == (
        ["shop_thing.code: type char(32) → uuid", "shop_thing: new: check `size` >= 0"],
        ["shop_thing.code: type uuid → char(32)", "shop_thing: lost: check `size` >= 0"],
    )


def test_a_server_that_is_not_there_is_told(place: Place):
    found = on_server(place("2.2.28", "3.7", "postgresql", 1), HERE, "baseline")
    assert "onnection refused" in found.error


def test_a_site_whose_database_is_a_file_has_none_on_a_server(place: Place, tmp_path: Path):
    at = place("2.2.28", "3.7", "postgresql", 1)
    text = (at.root / "conf.py").read_text()
    (at.root / "conf.py").write_text(text + 'DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3"}}\n')
    found = on_server(at, HERE, "baseline")
    assert (found.vendor, found.error, found.tables) == ("sqlite", "", {})
