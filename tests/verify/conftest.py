"""Real environments of several eras, and a small project with every kind of outcome."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from djup.environments.interpreters import interpreters, need_interpreter
from djup.environments.store import Contents, ensure_environment
from djup.model import TestCommand, parse_release
from djup.packages.resolve import Wanted, resolve
from djup.project.commands import parse_command
from djup.verify.workplace import Workplace

ERAS = [("2.2.28", "3.7"), ("3.2.25", "3.8"), ("4.2.30", "3.11"), ("6.1.3", "3.13")]

FILES = {
    "manage.py": "import os, sys\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'conf')\n"
    "from django.core.management import execute_from_command_line\nexecute_from_command_line(sys.argv)\n",
    "pytest.ini": "[pytest]\nDJANGO_SETTINGS_MODULE = conf\npython_files = tests.py\n",
    "conf.py": "SECRET_KEY = 'for tests'\nINSTALLED_APPS = ['shelf']\nUSE_TZ = True\n"
    "DATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': ':memory:'}}\n"
    "DEFAULT_AUTO_FIELD = 'django.db.models.AutoField'\n"
    "TEMPLATES = [{'BACKEND': 'django.template.backends.django.DjangoTemplates', 'APP_DIRS': True}]\n",
    "shelf/__init__.py": "",
    "shelf/models.py": "from django.db import models\n\n\nclass Book(models.Model):\n    title = models.CharField(max_length=9)\n",
    "shelf/migrations/__init__.py": "",
    "shelf/migrations/0001_initial.py": "from django.db import migrations, models\n\n\nclass Migration(migrations.Migration):\n"
    "    initial = True\n    dependencies = []\n    operations = [migrations.CreateModel('Book', [\n"
    "        ('id', models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),\n"
    "        ('title', models.CharField(max_length=9)),\n    ])]\n",
    "shelf/templates/well.html": "{% if book %}{{ book.title }}{% endif %}\n",
    "shelf/templates/broken.html": "{% if book %}{{ book.title }}\n",
    "shelf/needs.py": "import not_there\n",
    "shelf/tests.py": """\
import unittest
import warnings

from django.test import TestCase

from shelf.models import Book


class Outcomes(TestCase):
    def test_passes(self):
        Book.objects.create(title="a")
        warnings.warn("the old way", DeprecationWarning)

    def test_fails(self):
        self.assertEqual(Book.objects.count(), 1)

    def test_breaks(self):
        raise ValueError("broken")

    @unittest.skip("not now")
    def test_skipped(self):
        pass

    @unittest.expectedFailure
    def test_known(self):
        self.fail("known")

    def test_parts(self):
        for number in range(3):
            with self.subTest(number=number):
                self.assertNotEqual(number, 1)


class Others(TestCase):
    def test_passes(self):
        pass
""",
}  # fmt: skip

Place = Callable[..., Workplace]


@pytest.fixture(params=ERAS, ids=lambda era: f"Django {era[0]} on Python {era[1]}")
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """The project in the environment of an era; give the test command, and files that differ."""
    django, python = request.param
    interpreter = need_interpreter(parse_release(python), interpreters())
    today = dt.datetime.now(dt.UTC).date()
    wanted = Wanted(requirements=(f"django=={django}", "pytest", "pytest-django", "pytest-xdist"), until=today)
    resolution = resolve(wanted, interpreter, root=tmp_path)
    built = ensure_environment(Contents(lines=resolution.lines), interpreter, tmp_path / "logs")

    def make(command: str = "python manage.py test", changes: dict[str, str] | None = None) -> Workplace:
        root = tmp_path / "shop"
        for path, text in {**FILES, **(changes or {})}.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, encoding="utf-8")
        tests: TestCommand = parse_command(command)
        return Workplace(
            root=root, python=built.python, logs=tmp_path / "logs", tests=tests, settings="conf", pythonpath=(root,)
        )

    return make
