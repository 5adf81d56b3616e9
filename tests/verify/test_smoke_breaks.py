"""A site without tests: what its smoke suite reaches, that an undisturbed hop differs in nothing, and that breaks show."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest

from djup.environments.interpreters import interpreters, need_interpreter
from djup.environments.overlay import coverage_overlay
from djup.environments.store import Contents, ensure_environment
from djup.model import parse_release
from djup.packages.resolve import Wanted, resolve
from djup.project.apps import project_modules
from djup.project.options import ReadOptions
from djup.project.read import read_project
from djup.verify.smoke.compare import compare_smoke
from djup.verify.smoke.exercise import exercise, steady
from djup.verify.smoke.records import Difference, Smoke, count_reached
from djup.verify.workplace import Workplace

pytestmark = [pytest.mark.slow, pytest.mark.network]

SITE = Path(__file__).parent.parent / "projects" / "gardenclub"
HERE = PurePosixPath()

Run = Callable[..., Smoke]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Exercise a copy of the site, with files changed, on a Django; by the plan of an earlier run where one is given."""
    folder = tmp_path_factory.mktemp("smoke")
    interpreter = need_interpreter((3, 7), interpreters())

    def one(django: str, edits: dict[str, tuple[str, str]], *, plan: Smoke | None = None, again: bool = False) -> Smoke:
        wanted = Wanted(requirements=(f"django=={django}",), until=dt.datetime.now(dt.UTC).date())
        lines = resolve(wanted, interpreter, root=folder).lines
        python = ensure_environment(Contents(lines=lines), interpreter, folder / "logs").python
        root = folder / "gardenclub"
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(SITE, root)
        for path, (old, new) in edits.items():
            text = (root / path).read_text(encoding="utf-8")
            assert old in text, f"{path} has no such text"
            (root / path).write_text(text.replace(old, new), encoding="utf-8")
        project = read_project(root, ReadOptions())
        place = Workplace(
            root=root,
            python=python,
            logs=folder / "logs",
            tests=None,
            settings="gardenclub.settings",
            pythonpath=(root,),
        )
        cover = coverage_overlay(python).folder
        return exercise(place, project_modules(project), HERE, plan=plan, coverage=cover, again=again)

    return one


@pytest.fixture(scope="module")
def baseline(run: Run) -> Smoke:
    first = run("2.2.28", {})
    return steady(first, run("2.2.28", {}, plan=first, again=True))


def told(differences: tuple[Difference, ...]) -> list[str]:
    return [f"{one.severity} {one.aspect} {one.subjects[0]}: {one.message}" for one in differences]


def test_the_suite_reaches_every_route_and_most_lines(baseline: Smoke):
    assert baseline.ran, baseline.reason
    reached = count_reached(baseline)
    assert reached.routes_reached == reached.routes > 20
    assert reached.models_saved == reached.models == 8
    assert reached.templates_compiled == reached.templates == 14
    assert reached.percent >= 70, baseline.lines.reason


def test_two_runs_of_the_same_code_see_the_same(baseline: Smoke, run: Run):
    assert baseline.unstable == ()
    assert told(compare_smoke(baseline, run("2.2.28", {}, plan=baseline), [])) == []


def test_an_undisturbed_hop_raises_nothing(baseline: Smoke, run: Run):
    differences = compare_smoke(baseline, run("3.0.14", {}, plan=baseline), [parse_release("3.0")])
    assert told(tuple(one for one in differences if not one.explanation)) == []
    assert {one.change for one in differences} >= {"3.0/nosniff-header"}


BREAKS = {
    "a template variable renamed": ("page", {"plots/templates/plots/list.html": ("{{ total }}", "{{ total_count }}")}),
    "a context key lost": ("context", {"plots/views.py": (', "total": page.paginator.count', "")}),
    "a URL lost": ("status", {"events/urls.py": ('    url(r"^contact/$", views.Contact.as_view(), name="contact"),\n', "")}),
    "a permission changed": ("status", {"members/views.py": ('@permission_required("members.view_member", raise_exception=True)\n', "")}),
    "a redirect changed": ("location", {"events/views.py": ("return HttpResponseRedirect(event.get_absolute_url())", 'return HttpResponseRedirect("/events/")')}),
    "a date format changed": ("page", {"events/templates/events/list.html": ('date:"DATE_FORMAT"', 'date:"m/d/Y"')}),
    "an ordering changed": ("page", {"plots/models.py": ('ordering = ["-size", "number"]', 'ordering = ["size", "number"]')}),
    "a mail lost": ("mails", {"events/views.py": ("[request.user.email])", "[])")}),
    "a JSON field lost": ("json", {"plots/views.py": ('"soil": plot.get_soil_display()', "")}),
    "an admin page broken": ("request", {"plots/admin.py": ('"yes" if plot.has_water', '"yes" if plot.water')}),
    "middleware in another order": (
        "middleware",
        {"gardenclub/settings.py": (
            '    "gardenclub.middleware.SeasonMiddleware",\n    "gardenclub.middleware.GreetingMiddleware",\n',
            '    "gardenclub.middleware.GreetingMiddleware",\n    "gardenclub.middleware.SeasonMiddleware",\n',
        )},
    ),
    "a signal lost": ("connected", {"members/receivers.py": ("@receiver(user_logged_in)\n", "")}),
    "N+1 queries": ("queries", {"plots/views.py": ('.prefetch_related("crops")', "")}),
}  # fmt: skip


@pytest.mark.parametrize("name", BREAKS)
def test_a_break_is_caught(name: str, baseline: Smoke, run: Run):
    aspect, edits = BREAKS[name]
    differences = compare_smoke(baseline, run("2.2.28", edits, plan=baseline), [])
    found = [one for one in differences if one.aspect == aspect]
    assert found, told(differences)
    assert all(not one.explanation for one in found)
    assert any(one.blocks for one in found) or aspect == "queries"
