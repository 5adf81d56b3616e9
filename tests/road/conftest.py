"""A small real project in a real repository, and djup run on it as a user would."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Files = dict[str, str]

SITE: Files = {
    "manage.py": """\
import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
""",
    "site_settings.py": """\
from django.utils.translation import gettext_lazy as _

SECRET_KEY = "for tests only"
DEBUG = True
ROOT_URLCONF = "site_urls"
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "shelf"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "db.sqlite3"}}
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
USE_TZ = True
LANGUAGES = [("en", _("English"))]
DEFAULT_FILE_STORAGE = "django.core.files.storage.FileSystemStorage"
""",
    "site_urls.py": "urlpatterns = []\n",
    "shelf/__init__.py": "",
    "shelf/models.py": """\
import datetime

from django.db import models
from django.utils import timezone

FIRST = datetime.datetime(2020, 1, 1, tzinfo=timezone.utc)


class Book(models.Model):
    title = models.CharField(max_length=100)

    class Meta:
        ordering = ["title"]
""",
    "shelf/migrations/__init__.py": "",
    "shelf/migrations/0001_initial.py": """\
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Book",
            fields=[
                ("id", models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=100)),
            ],
            options={"ordering": ["title"]},
        ),
    ]
""",
    "shelf/tests.py": """\
from django.test import TestCase

from shelf.models import FIRST, Book


class BookTests(TestCase):
    def test_order(self):
        for title in "ba":
            Book.objects.create(title=title)
        self.assertQuerysetEqual(Book.objects.all(), ["a", "b"], transform=lambda book: book.title)

    def test_first(self):
        self.assertEqual(FIRST.isoformat(), "2020-01-01T00:00:00+00:00")
""",
    "requirements.txt": "Django==4.2.30  # LTS\n",
    ".python-version": "3.12\n",
    ".gitignore": "*.sqlite3\n",
}


def git(folder: Path, *words: str) -> str:
    ran = subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, text=True)
    return ran.stdout.strip()


def as_repository(root: Path) -> Path:
    """Commit a folder as a repository of its own."""
    git(root, "init", "--quiet", "--initial-branch=main")
    git(root, "config", "user.name", "Ada")
    git(root, "config", "user.email", "ada@example.org")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "As it was")
    return root


@pytest.fixture
def make_project(tmp_path: Path) -> Callable[..., Path]:
    """Lay a project out in a repository of its own; files given as None are left out."""

    def make(name: str = "shop", changes: dict[str, str | None] | None = None, *, commit: bool = True) -> Path:
        root = tmp_path / name
        for path, text in {**SITE, **(changes or {})}.items():
            if text is not None:
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                (root / path).write_text(text, encoding="utf-8")
        return as_repository(root) if commit else root

    return make


@pytest.fixture
def surroundings(tmp_path: Path) -> dict[str, str]:
    """The user's environment with caches of the test's own; uv's downloads are shared, as they are anybody's."""
    downloads = os.environ.get("UV_CACHE_DIR", str(Path.home() / ".cache" / "uv"))
    return {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache"), "UV_CACHE_DIR": downloads, "NO_COLOR": "1"}


@pytest.fixture
def djup(surroundings: dict[str, str]) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run djup as a program and return how it ended."""

    def run(*words: str | Path, **variables: str) -> subprocess.CompletedProcess[str]:
        argv = [sys.executable, "-m", "djup", *map(str, words)]
        return subprocess.run(argv, env={**surroundings, **variables}, capture_output=True, text=True, check=False)

    return run
