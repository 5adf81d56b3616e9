"""What the rewritings of 1.5 to 1.9 write does in the Djangos of Python 2.7 what the old form did: both are run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from djup.environments.interpreters import interpreters
from djup.environments.uv import run_uv
from djup.knowledge.support import load_support
from djup.model import Release, parse_release
from djup.process import run

pytestmark = [pytest.mark.slow, pytest.mark.network]

SETTINGS = """
import json, sys, warnings
warnings.simplefilter("ignore")
from django.conf import settings
LOCMEM = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
settings.configure(
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth"], SECRET_KEY="x", DEBUG=True,
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    CACHES={"default": LOCMEM, "slow": dict(LOCMEM, LOCATION="slow")},
)
import django
if hasattr(django, "setup"):
    django.setup()
from django.contrib.auth.models import User
from django.db import connection, models
from django.test.client import RequestFactory
request = RequestFactory().post("/?a=1&b=2", {"a": "9"})
"""

SAME: Mapping[str, tuple[str, str, str]] = {
    "1.6/boolean-default": (
        "1.6",
        "models.BooleanField().get_default()",
        "models.BooleanField(default=False).get_default()",
    ),
    "1.6/truncate-words": (
        "1.6",
        "__import__('django.utils.text', fromlist='x').truncate_html_words('<p>a b c</p>', 2)",
        "__import__('django.utils.text', fromlist='x').Truncator('<p>a b c</p>').words(2, truncate=' ...', html=True)",
    ),
    "1.6/execute-percent": (
        "1.6",
        "connection.cursor().execute(\"select 'a%%'\").fetchone()[0]",
        "connection.cursor().execute(\"select 'a%'\").fetchone()[0]",
    ),
    "1.8/email-length": ("1.8", "models.EmailField().max_length", "models.EmailField(max_length=75).max_length"),
    "1.8/permission-codename": (
        "1.8",
        "User._meta.get_add_permission()",
        "__import__('django.contrib.auth', fromlist='x').get_permission_codename('add', User._meta)",
    ),
    "1.8/filters-escape": (
        "1.8",
        "__import__('django.template.defaultfilters', fromlist='x').linebreaksbr('a & <b>')",
        "__import__('django.template.defaultfilters', fromlist='x').linebreaksbr('a & <b>', autoescape=False)",
    ),
    "1.9/request-request": (
        "1.9",
        "[request.REQUEST.get('a'), request.REQUEST.get('c', 7), 'b' in request.REQUEST, request.REQUEST['b']]",
        (
            "[request.POST.get('a', request.GET.get('a')), request.POST.get('c', request.GET.get('c', 7)),"
            " ('b' in request.POST or 'b' in request.GET), (request.POST if 'b' in request.POST else request.GET)['b']]"
        ),
    ),
    "1.9/get-cache": (
        "1.9",
        "type(__import__('django.core.cache', fromlist='x').get_cache('slow')).__name__",
        "type(__import__('django.core.cache', fromlist='x').caches['slow']).__name__",
    ),
    "1.9/models-loading": (
        "1.9",
        "models.get_app('auth').__name__",
        "__import__('django.apps', fromlist='x').apps.get_app_config('auth').models_module.__name__",
    ),
}
"""The release without the old form, the old form, and what is written in its place."""

NEW_FROM = {
    "1.6/execute-percent": "1.6",
    "1.8/permission-codename": "1.6",
    "1.9/get-cache": "1.7",
    "1.9/models-loading": "1.7",
}
RELEASES = ("1.5", "1.6", "1.7", "1.8", "1.9")


def value(python: Path, django: Path, expression: str) -> object:
    code = f"{SETTINGS}\nprint(json.dumps({expression}))\n"
    ran = run([python, "-c", code], env={"PYTHONPATH": str(django)})
    assert ran.ok, ran.errors
    return json.loads(ran.output.splitlines()[-1])


@pytest.fixture(scope="module")
def python() -> Path:
    found = next((one.path for one in interpreters() if one.release == (2, 7)), None)
    if found is None:
        pytest.skip("there is no Python 2.7 on this machine")
    return found


@pytest.fixture(scope="module")
def djangos(tmp_path_factory: pytest.TempPathFactory) -> Mapping[Release, Path]:
    found = {}
    for release in RELEASES:
        version = load_support().latest(parse_release(release))
        folder = tmp_path_factory.mktemp("django")
        run_uv(["pip", "install", "--quiet", "--no-deps", "--target", str(folder), f"Django=={version}"])
        found[parse_release(release)] = folder
    return found


@pytest.mark.parametrize("name", SAME)
def test_the_new_form_does_what_the_old_one_did_in_each_release_that_has_it(
    name: str, python: Path, djangos: Mapping[Release, Path]
) -> None:
    gone, old, new = SAME[name]
    before = [value(python, folder, old) for release, folder in djangos.items() if release < parse_release(gone)]
    since = parse_release(NEW_FROM.get(name, "1.5"))
    after = [value(python, folder, new) for release, folder in djangos.items() if release >= since]
    assert before
    assert all(one == before[0] for one in (*before, *after))


@pytest.mark.parametrize("name", ["1.6/boolean-default", "1.8/email-length", "1.8/filters-escape"])
def test_the_old_form_means_something_else_from_then_on(
    name: str, python: Path, djangos: Mapping[Release, Path]
) -> None:
    gone, old, new = SAME[name]
    assert value(python, djangos[parse_release(gone)], old) != value(python, djangos[parse_release(gone)], new)
