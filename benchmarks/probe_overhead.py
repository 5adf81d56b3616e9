"""Measure what the probe costs: the same suite with it and without it, in turns, in a real Django.

Usage: python benchmarks/probe_overhead.py [--rounds 5] [--seconds 60] [--django 5.2.8] [--python 3.12]

The suite is made for it: requests, forms, queries, templates and plain assertions, some of which warn; as many tests as
take the seconds asked for. Wall time is what counts; CPU time of all processes is printed too, as it is calmer.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import shutil
import statistics
import tempfile
import time
from pathlib import Path

from djup.environments.interpreters import interpreters, need_interpreter
from djup.environments.store import Contents, ensure_environment
from djup.model import Record, TestRun, parse_release
from djup.packages.resolve import Wanted, resolve
from djup.process import contained, environment, run
from djup.project.commands import parse_command
from djup.reporter import Reporter
from djup.verify.tests import run_tests
from djup.verify.workplace import Workplace

SITE = {
    "manage.py": "import os, sys\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'conf')\n"
    "from django.core.management import execute_from_command_line\nexecute_from_command_line(sys.argv)\n",
    "conf.py": """\
SECRET_KEY = "for tests"
ROOT_URLCONF = "urls"
ALLOWED_HOSTS = ["testserver"]
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "shelf"]
MIDDLEWARE = ["django.contrib.sessions.middleware.SessionMiddleware",
              "django.contrib.auth.middleware.AuthenticationMiddleware"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
USE_TZ = True
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
""",
    "urls.py": "from django.urls import path\nfrom shelf.views import books\nurlpatterns = [path('books/', books)]\n",
    "shelf/__init__.py": "",
    "shelf/models.py": "from django.db import models\n\n\nclass Book(models.Model):\n"
    "    title = models.CharField(max_length=40)\n    pages = models.IntegerField(default=1)\n",
    "shelf/templates/books.html": """\
{% for book in books %}<li>{{ book.title|title }} {{ book.pages }}</li>{% endfor %}
""",
    "shelf/views.py": """\
import warnings
from django.shortcuts import render
from shelf.models import Book


def books(request):
    warnings.warn("books() is the old way", DeprecationWarning, stacklevel=2)
    return render(request, "books.html", {"books": Book.objects.order_by("title")})
""",
    "shelf/tests.py": """\
from django import forms
from django.contrib.auth.models import User
from django.test import SimpleTestCase, TestCase
from shelf.models import Book


class BookForm(forms.ModelForm):
    class Meta:
        model = Book
        fields = ["title", "pages"]


class Pages(TestCase):
    @classmethod
    def setUpTestData(cls):
        Book.objects.bulk_create(Book(title="book %d" % n, pages=n) for n in range(30))
        cls.user = User.objects.create_user("ada", password="x")


class Plain(SimpleTestCase):
    pass


def request(self):
    self.client.force_login(self.user)
    for _ in range(3):
        self.assertContains(self.client.get("/books/"), "Book 7")


def form(self):
    found = BookForm({"title": "x" * 10, "pages": "3"})
    self.assertTrue(found.is_valid())
    found.save()
    self.assertEqual(Book.objects.filter(title__startswith="x").count(), 1)


def plain(self):
    self.assertEqual(sorted(range(200), reverse=True)[0], 199)


for number in range(NUMBER):
    setattr(Pages, "test_request_%d" % number, request)
    setattr(Pages, "test_form_%d" % number, form)
    setattr(Plain, "test_plain_%d" % number, plain)
""",
}


class Took(Record):
    """Seconds of one run: by the clock, and of all its processes' CPUs."""

    wall: float
    cpu: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--django", default="5.2.8")
    parser.add_argument("--python", default="3.12")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="djup-overhead-") as name:
        place = _place(Path(name), given.django, given.python)
        number = _number(place, given.seconds)
        print(f"Django {given.django} on Python {given.python}, {3 * number} tests, in turns\n")
        print("| round | without (s) | with (s) | wall | CPU |\n| --- | --- | --- | --- | --- |", flush=True)
        rounds = []
        for index in range(given.rounds):
            rounds.append(_round(place, index))
            _row(index + 1, *rounds[-1])
    wall = statistics.median(probed.wall / bare.wall for bare, probed in rounds)
    cpu = statistics.median(probed.cpu / bare.cpu for bare, probed in rounds)
    print(f"| median | | | {wall - 1:+.1%} | {cpu - 1:+.1%} |")
    least = min(probed.cpu for _, probed in rounds) / min(bare.cpu for bare, _ in rounds)
    print(f"\nLeast processor time of all rounds, with the probe and without: {least - 1:+.1%}")


def _place(folder: Path, django: str, python: str) -> Workplace:
    interpreter = need_interpreter(parse_release(python), interpreters())
    today = dt.datetime.now(dt.UTC).date()
    lines = resolve(Wanted(requirements=(f"django=={django}",), until=today), interpreter, root=folder).lines
    built = ensure_environment(Contents(lines=lines), interpreter, folder / "logs")
    tests = parse_command("python manage.py test")
    return Workplace(root=folder / "site", python=built.python, logs=folder / "logs", tests=tests, settings="conf")


def _write(place: Workplace, number: int) -> None:
    shutil.rmtree(place.root, ignore_errors=True)
    for path, text in SITE.items():
        (place.root / path).parent.mkdir(parents=True, exist_ok=True)
        (place.root / path).write_text(text.replace("NUMBER", str(number)), encoding="utf-8")


def _number(place: Workplace, seconds: float) -> int:
    """How many tests of each kind take the seconds on a calm machine, found by the CPU time of two short runs."""
    few, many = 40, 200
    times = []
    for number in (few, many):
        _write(place, number)
        times.append(_bare(place).cpu)
    each = max((times[1] - times[0]) / (many - few), 1e-4)
    number = int(1.1 * seconds / each)
    _write(place, number)
    return number


def _round(place: Workplace, index: int) -> tuple[Took, Took]:
    """One run of each; which comes first changes from round to round."""
    if index % 2:
        probed = _probed(place)
        return _bare(place), probed
    bare = _bare(place)
    return bare, _probed(place)


def _bare(place: Workplace) -> Took:
    """The suite as a person runs it."""
    began, cpu = time.monotonic(), _cpu()
    argv = contained([place.python, "manage.py", "test"], network="none")
    env = environment({"PYTHONDONTWRITEBYTECODE": "1", "PYTHONUNBUFFERED": "1", "PYTHONHASHSEED": "0"})
    ran = run(argv, cwd=place.root, env=env, log=place.logs / "bare.log")
    if not ran.ok:
        raise SystemExit(f"the suite fails without the probe: {ran.tail(5)}")
    return Took(wall=time.monotonic() - began, cpu=_cpu() - cpu)


def _probed(place: Workplace) -> Took:
    """The suite as djup runs it."""
    began, cpu = time.monotonic(), _cpu()
    found: TestRun = run_tests(place, Reporter())
    took = Took(wall=time.monotonic() - began, cpu=_cpu() - cpu)
    if any(one.status != "passed" for one in found.outcomes) or not found.outcomes:
        raise SystemExit(f"the suite fails with the probe: {found.reason or found.outcomes[:1]}")
    return took


def _cpu() -> float:
    """CPU seconds of all processes that ended so far."""
    times = os.times()
    return times.children_user + times.children_system


def _row(index: int, bare: Took, probed: Took) -> None:
    """Print a round as soon as it is over: a run may take an hour on a busy machine."""
    wall, cpu = probed.wall / bare.wall - 1, probed.cpu / bare.cpu - 1
    print(f"| {index} | {bare.wall:.1f} | {probed.wall:.1f} | {wall:+.1%} | {cpu:+.1%} |", flush=True)


if __name__ == "__main__":
    main()
