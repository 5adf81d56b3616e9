"""A site of Django 1.8 is rewritten release by release up to 2.2, and answers the same in each of them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

import pytest

from djup.environments.interpreters import interpreters
from djup.environments.uv import run_uv
from djup.facts.project import build_facts
from djup.fixers.engine.walk import fix_tree
from djup.knowledge.changes import applicable
from djup.knowledge.support import load_support
from djup.model import Release, release_text
from djup.process import run

pytestmark = [pytest.mark.slow, pytest.mark.network]

SITE = Path(__file__).parent.parent / "projects" / "cornershop"
PYTHON: Release = (3, 6)
"""The one Python that runs all of these releases, whatever they say."""
RELEASES: tuple[Release, ...] = ((1, 8), (1, 9), (1, 10), (1, 11), (2, 0), (2, 1), (2, 2))

QUESTIONS = """
import json, os, sys, warnings
warnings.simplefilter("ignore")
os.environ["DJANGO_SETTINGS_MODULE"] = "cornershop.settings"
import django
django.setup()
from django.core.management import ManagementUtility, call_command
from django.test import Client, RequestFactory
from django.test.utils import setup_test_environment
setup_test_environment()
try:
    from django.urls import reverse
except ImportError:
    from django.core.urlresolvers import reverse
from io import StringIO

call_command("migrate", verbosity=0, run_syncdb=True) if django.VERSION >= (1, 9) else call_command("migrate", verbosity=0)
answers = {}
for address in ("/", "/item/3/", "/text/", "/news/", "/press/"):
    response = Client().get(address)
    answers[address] = [response.status_code, response.content.decode().strip(), response["X-Mark"]]
answers["login"] = Client().get("/login/").status_code
names = ("index", "news:index", "press:index", "login", "admin:index", "admin:count")
answers["addresses"] = [reverse(name) for name in names] + [reverse("goods.views.item", args=[3])]
from goods.models import Item, facts, tagged
answers["facts"] = facts()
answers["tagged"] = tagged()
answers["address"] = Item(pk=4).get_absolute_url()
from goods.texts import texts
answers["texts"] = texts(RequestFactory().get("/"))
from django.contrib.auth import authenticate
answers["user"] = str(authenticate(word="open"))
from goods.forms import CodeForm
form = CodeForm({"code": "b", "number": "30", "place": "0123456789"})
answers["errors"] = {name: [str(one) for one in found] for name, found in form.errors.items()}
html = str(form["place"])
answers["widget"] = ["0123456789!" in html, 'title="map"' in html]
from django.contrib import admin
from goods.admin import ItemAdmin
request = RequestFactory().get("/")
request.user = authenticate(word="open")
request.user.is_superuser = True
answers["actions"] = sorted(ItemAdmin(Item, admin.site).get_actions(request))
from django.contrib.admin.templatetags.admin_list import items_for_result
shown = ItemAdmin(Item, admin.site)
if hasattr(shown, "get_changelist_instance"):
    page = shown.get_changelist_instance(request)
else:
    page = shown.get_changelist(request)(
        request, Item, shown.list_display, (), (), (), (), (), 9, 9, (), shown)
answers["column"] = "".join(items_for_result(page, Item.objects.get(), None)).count("<a href=")
kept, sys.stdout = sys.stdout, StringIO()
ManagementUtility(["manage.py", "load", "a", "b", "--size", "5"]).execute()
answers["command"], sys.stdout = sys.stdout.getvalue(), kept
print(json.dumps(answers, sort_keys=True))
"""


@pytest.fixture(scope="module")
def pythons(tmp_path_factory: pytest.TempPathFactory) -> Mapping[Release, Path]:
    found = [one for one in interpreters() if one.release == PYTHON]
    if not found:
        pytest.skip(f"needs Python {release_text(PYTHON)}")
    made = {}
    for release in RELEASES:
        folder = tmp_path_factory.mktemp(f"django-{release_text(release)}")
        run_uv(["venv", "--quiet", "--python", str(found[0].path), str(folder)])
        python = folder / "bin" / "python"
        wanted = f"Django=={load_support().latest(release)}"
        run_uv(["pip", "install", "--quiet", "--python", str(python), wanted])
        made[release] = python
    return made


def through_releases(root: Path, pythons: Mapping[Release, Path]) -> Iterator[tuple[Release, object]]:
    """Rewrite the site for each release by what its code may have by then, and ask it."""
    for release in RELEASES:
        paths = [PurePosixPath(one.relative_to(root).as_posix()) for one in root.rglob("*.*") if one.is_file()]
        early, _ = applicable(at=release, target=RELEASES[-1])
        fixed = fix_tree(root, sorted(paths), early, build_facts(root, sorted(paths)))
        for files in fixed.changed.values():
            for path, data in files.items():
                (root / path).write_bytes(data)
        ran = run([pythons[release], "-B", "-c", QUESTIONS], cwd=root)
        assert ran.ok, f"{release_text(release)}: {ran.errors[-3000:]}"
        yield release, json.loads(ran.output.splitlines()[-1])


def test_a_site_answers_the_same_in_every_release(tmp_path: Path, pythons: Mapping[Release, Path]) -> None:
    root = tmp_path / "site"
    shutil.copytree(SITE, root)
    answers = dict(through_releases(root, pythons))
    for release in RELEASES[1:]:
        assert answers[release] == answers[RELEASES[0]], release_text(release)
