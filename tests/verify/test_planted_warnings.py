"""Planted warnings, each attributed to its owner: every runner, Python 2.7 with Django 1.8 and 3.13 with 6.1."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

import pytest

from djup.environments.interpreters import interpreters, need_interpreter
from djup.environments.store import Contents, Environment, ensure_environment
from djup.model import WarningSeen, parse_release
from djup.packages.resolve import Wanted, resolve
from djup.project.commands import parse_command
from djup.reporter import Reporter
from djup.verify.dependencies import Installed
from djup.verify.inspection import inspect
from djup.verify.inventory import InventoryContext, take_inventory
from djup.verify.tests import run_tests
from djup.verify.workplace import Workplace
from tests.verify.planted import OWNERS, PACKAGES, SITE, plant

pytestmark = [pytest.mark.slow, pytest.mark.network]

ERAS = {"1.8.19": "2.7", "6.1.3": "3.13"}
RUNNERS = {
    "1.8.19": ("python manage.py test", "pytest", "pytest -n 2"),
    "6.1.3": ("python manage.py test", "python manage.py test --parallel 2", "pytest", "pytest -n 2"),
}
MODULES = ("shelf", "shelf.models", "shelf.ways", "shelf.tests")
DJANGO = re.compile(r"SortedDict is deprecated|argument for algorithm in salted_hmac")
SETTINGS = re.compile(r"TEMPLATES setting|EMAIL_HOST")
BY_C = re.compile(r"utcnow\(\) is deprecated|BaseException\.message has been deprecated")
BY_PYTHON = re.compile(r"md5 module is deprecated|'January' attribute is deprecated")


@pytest.fixture(scope="module")
def environments(tmp_path_factory: pytest.TempPathFactory) -> Iterable[dict[str, Environment]]:
    """An environment of each era with the planted packages in it, in a cache of their own."""
    folder = tmp_path_factory.mktemp("planted")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("UV_CACHE_DIR", os.environ.get("UV_CACHE_DIR", str(Path.home() / ".cache" / "uv")))
        patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        yield {django: _built(django, python, folder) for django, python in ERAS.items()}


def _built(django: str, python: str, folder: Path) -> Environment:
    interpreter = need_interpreter(parse_release(python), interpreters())
    today = dt.datetime.now(dt.UTC).date()
    wanted = Wanted(requirements=(f"django=={django}", "pytest", "pytest-django", "pytest-xdist"), until=today)
    lines = resolve(wanted, interpreter, root=folder).lines
    built = ensure_environment(Contents(lines=lines), interpreter, folder / "logs")
    packages = next(built.folder.glob("lib/python*/site-packages"))
    for files in PACKAGES.values():
        plant(packages, files)
    return built


def letter(warning: WarningSeen) -> str:
    """Which planted warning it is, ``""`` for one that nobody planted."""
    for name, pattern in (("settings", SETTINGS), ("c", BY_C), ("python", BY_PYTHON)):
        if pattern.search(warning.text):
            return name
    if DJANGO.search(warning.text):
        return "django straight" if "straight" in warning.path else "django own"
    if warning.text.startswith("w13"):
        return "w13 theirs" if "theirs.html" in warning.path else "w13 own"
    if warning.path.endswith("odd.py"):
        return "w20"
    return warning.text[:3] if re.match(r"w\d\d ", warning.text) else ""


@pytest.mark.parametrize(
    ("django", "command"), [(django, command) for django, commands in RUNNERS.items() for command in commands]
)
def test_each_planted_warning_has_its_owner(
    environments: dict[str, Environment], tmp_path: Path, django: str, command: str
):
    plant(tmp_path / "site", SITE)
    place = Workplace(
        root=tmp_path / "site",
        python=environments[django].python,
        logs=tmp_path / "logs",
        tests=parse_command(command),
        settings="conf",
    )
    checked = inspect(place, MODULES, ["shelf/odd.py", "shelf/models.py"])
    run = run_tests(place, Reporter())
    assert {one.status for one in run.outcomes} == {"passed"}, [one for one in run.outcomes if one.message]
    seen = {"check": [one for each in checked for one in each.warnings], "tests": run.warnings}
    direct = ("django", "straight", "lone-pkg")
    around = InventoryContext(
        django=parse_release(django),
        direct=direct,
        through={"crooked": Installed(place.python).through("crooked", direct)},
    )
    found: dict[str, set[str]] = {}
    for phase, warnings in seen.items():
        for warning in warnings:
            (listed,) = take_inventory({phase: [warning]}, around)
            if letter(warning):
                found.setdefault(letter(warning), set()).add(listed.owner)
            if listed.owner == "crooked":
                assert (listed.relation, listed.through) == ("indirect", ("straight",))
    assert found == {name: {owner} for name, owner in OWNERS.items()}
    tested = {letter(one) for one in run.warnings}
    assert {"w01", "w08", "w22"} <= tested, "what importing warns of is seen under the test runner too"
    assert {PurePosixPath(one.path) for one in run.warnings if one.text.startswith("w01")} == {
        PurePosixPath("shelf/models.py")
    }
