"""What projects of the days of Python 2 look like, and the traps in them: nothing is rewritten that only looks alike."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from pathlib import PurePosixPath

import pytest

from djup.facts.project import facts_of
from djup.fixers.engine.text import Fixed, fix_text
from djup.knowledge.changes import all_changes, applicable, change

EARLY = [one for one in all_changes() if (1, 5) <= one.release <= (1, 9)]
CODE = PurePosixPath("shop/code.py")
SETTINGS = "SECRET_KEY = 'x'\nINSTALLED_APPS = ['shop']\nAUTH_PROFILE_MODULE = 'people.Person'\n"


def fixed(text: str, *ids: str, path: PurePosixPath = CODE, files: Mapping[str, str] | None = None) -> Fixed:
    every = {path.as_posix(): text, **(files or {})}
    facts = facts_of((PurePosixPath(name), body.encode()) for name, body in every.items())
    return fix_text(text.encode(), path, [change(one) for one in ids] or EARLY, facts)


def text_of(text: str, *ids: str) -> str:
    return fixed(text, *ids).text.decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("from django.utils import simplejson\nsimplejson.dumps(1)\n", "import json\njson.dumps(1)\n"),
        ("from django.utils import simplejson as json\njson.dumps(1)\n", "import json\njson.dumps(1)\n"),
        ("import django.utils.simplejson as json\njson.dumps(1)\n", "import json\njson.dumps(1)\n"),
        ("from django.utils.simplejson import dumps\ndumps(1)\n", "from json import dumps\ndumps(1)\n"),
        ("import json\nfrom django.utils import simplejson\nsimplejson.dumps(1)\n", "import json\njson.dumps(1)\n"),
    ],
)
def test_a_module_that_became_one_of_python_is_imported_as_a_whole(before: str, after: str) -> None:
    assert text_of(before, "1.7/simplejson") == after


def test_a_name_that_is_taken_keeps_the_module_under_its_old_one() -> None:
    before = "from django.utils import simplejson\n\n\ndef f(json):\n    return simplejson.loads(json)\n"
    assert text_of(before, "1.7/simplejson").startswith("import json as simplejson\n")


@pytest.mark.parametrize(
    "source",
    [
        "try:\n    import json\nexcept ImportError:\n    from django.utils import simplejson as json\njson.dumps(1)\n",
        "if django.VERSION < (1, 5):\n    from django.utils import simplejson as json\nelse:\n    import json\n",
        "try:\n    from django.conf.urls import *\nexcept ImportError:\n    from django.conf.urls.defaults import *\nurl(1)\n",
    ],
    ids=["another that may be missing", "another version", "two stars"],
)
def test_code_that_knows_two_versions_stays(source: str) -> None:
    assert text_of(source) == source


def test_what_is_assigned_to_a_module_of_django_stays_there() -> None:
    source = "import django.template\n\ndjango.template.import_library = find\n"
    result = fixed(source, "1.8/template-base")
    assert result.text.decode() == source
    assert [one.change for one in result.findings] == ["1.8/template-base"]


def test_one_change_follows_from_another() -> None:
    before = "from django.core.management import call_command\ncall_command('syncdb', migrate=True)\n"
    assert "call_command('migrate')" in text_of(before)
    settings = "TEST_RUNNER = 'django.test.simple.DjangoTestRunner'\nROOT_URLCONF = 'x'\nDATABASES = {}\n"
    again = fixed(settings, path=PurePosixPath("site/settings.py"))
    assert fixed(again.text.decode(), path=PurePosixPath("site/settings.py")).text == again.text


@pytest.mark.parametrize(
    ("relation", "accessor"),
    [
        ("models.OneToOneField(User)", "person"),
        ("models.OneToOneField('auth.User', related_name='profile')", "profile"),
        ("models.OneToOneField(settings.AUTH_USER_MODEL)", "person"),
        ("models.ForeignKey(User, unique=True)", "person_set.get()"),
        ("models.ForeignKey('auth.User', unique=True, related_name='people')", "people.get()"),
    ],
)
def test_the_profile_of_a_user_is_reached_by_its_own_relation(relation: str, accessor: str) -> None:
    files = {"site/settings.py": SETTINGS, "people/models.py": f"class Person(models.Model):\n    user = {relation}\n"}
    result = fixed("name = user.get_profile().name\n", "1.7/get-profile", files=files)
    assert result.text.decode() == f"name = user.{accessor}.name\n"


@pytest.mark.parametrize(
    "models",
    [
        "class Person(models.Model):\n    user = models.ForeignKey(User)\n",
        "class Person(models.Model):\n    a = models.OneToOneField(User)\n    b = models.OneToOneField(User, related_name='x')\n",
        "class Other(models.Model):\n    user = models.OneToOneField(User)\n",
    ],
    ids=["a relation with many", "two of them", "of another model"],
)
def test_a_profile_that_no_single_relation_reaches_is_left_to_a_person(models: str) -> None:
    source = "name = user.get_profile().name\n"
    files = {"site/settings.py": SETTINGS, "people/models.py": models}
    result = fixed(source, "1.7/get-profile", files=files)
    assert result.text.decode() == source
    assert len(result.findings) == 1


def test_methods_of_other_libraries_keep_their_names() -> None:
    source = (
        "class Handler(piston.BaseHandler):\n    def get_query_set(self, request):\n        return []\n\n\n"
        "class Index(Page):\n    def queryset(self, request):\n        return self.queryset(request)\n\n\n"
        "name = loader.module_name\nkind = self.query_set\n"
    )
    assert text_of(source, "1.8/get-query-set", "1.8/module-name", "1.8/change-list-query-set") == source


def test_a_project_past_the_release_is_not_asked_for_methods_known_by_name_alone() -> None:
    early, late = applicable(at=(4, 2), target=(5, 0))
    assert change("1.8/get-query-set") not in (*early, *late)
    assert change("1.8/get-query-set") in applicable(at=(1, 7), target=(1, 8))[0]


def test_functions_made_of_several_lambdas_stand_in_their_order_above_the_class() -> None:
    before = (
        "from django.db import models\n\n\nclass A(models.Model):\n"
        "    a = models.TextField(default=lambda: 1)\n    b = models.TextField(default=lambda: 2)\n"
    )
    after = text_of(before, "1.7/lambda-arguments")
    names = [one.name for one in ast.parse(after).body if isinstance(one, (ast.FunctionDef, ast.ClassDef))]
    assert names == ["_a_a_default", "_a_b_default", "A"]


@pytest.mark.parametrize(
    "source",
    [
        "{% load url from future %}<a href='{% url name %}'>",
        "{% load future %}<a href='{% url name %}'>",
    ],
)
def test_a_template_that_looks_like_one_of_1_4_keeps_what_tells_it_apart(source: str) -> None:
    result = fixed(source, path=PurePosixPath("shop/templates/a.html"))
    assert result.text.decode() == source


@pytest.mark.parametrize("crlf", [False, True])
def test_what_is_put_in_has_the_line_ends_of_its_file(*, crlf: bool) -> None:
    before = "from django.views.generic import RedirectView\n\n\nclass Old(RedirectView):\n    url = '/new/'\n"
    source = before.replace("\n", "\r\n") if crlf else before
    after = text_of(source, "1.9/redirect-permanent")
    assert "permanent = True" in after
    assert after.count("\r\n") == (after.count("\n") if crlf else 0)


@pytest.mark.parametrize(
    "source",
    [
        "class Old(RedirectView): url = '/new/'\n",
        "from shop.views import RedirectView\n\n\nclass Old(RedirectView):\n    url = '/new/'\n",
    ],
    ids=["unknown base on one line", "another base of that name"],
)
def test_classes_of_unknown_origin_are_not_written_into(source: str) -> None:
    assert text_of(source, "1.9/redirect-permanent") == source
