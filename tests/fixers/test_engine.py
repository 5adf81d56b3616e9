"""The engine rewrites what it is sure of, keeps every other byte, and says what it left."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

from djup.facts.project import build_facts
from djup.fixers.engine.text import find_text, fix_text
from djup.fixers.engine.walk import find_tree, fix_tree
from djup.fixers.python.conditional_code import collapsing
from djup.fixers.registry import FIXERS, TEMPLATE_FIXERS
from djup.knowledge.changes import all_changes, change
from djup.knowledge.package_changes import every_change

PYTHON = PurePosixPath("app/code.py")
FORCE_TEXT = [change("4.0/force-text")]


def fixed(source: bytes, *ids: str, path: PurePosixPath = PYTHON) -> bytes:
    return fix_text(source, path, [change(one) for one in ids] or FORCE_TEXT).text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            b"from django.utils.encoding import force_text\r\nx = force_text(y)\r\n",
            b"from django.utils.encoding import force_str\r\nx = force_str(y)\r\n",
        ),
        (
            b"\xef\xbb\xbffrom django.utils.encoding import force_text\nx = force_text(y)",
            b"\xef\xbb\xbffrom django.utils.encoding import force_str\nx = force_str(y)",
        ),
        (
            b"# coding: latin-1\nfrom django.utils.encoding import force_text\nx = force_text('\xe4')\n",
            b"# coding: latin-1\nfrom django.utils.encoding import force_str\nx = force_str('\xe4')\n",
        ),
        (
            b"from django.utils.encoding import force_text\n\x0c\ndef f():\n\treturn force_text(y)\n",
            b"from django.utils.encoding import force_str\n\x0c\ndef f():\n\treturn force_str(y)\n",
        ),
        (
            b"from django.utils.encoding import force_text\nprint force_text(y)\nexec 'x'\n",
            b"from django.utils.encoding import force_str\nprint force_str(y)\nexec 'x'\n",
        ),
    ],
    ids=["crlf", "byte order mark", "latin-1", "form feed and tabs", "python 2"],
)
def test_what_a_file_is_made_of_stays(before: bytes, after: bytes) -> None:
    assert fixed(before) == after


@pytest.mark.parametrize(
    "source",
    [
        b"# djup: skip-file\nfrom django.utils.encoding import force_text\n",
        b"from django.utils.encoding import force_text  # djup: skip=force-text\nforce_text(x)\n",
        b"from django.utils.encoding import force_text\nforce_text(x)  # djup: skip=4.0/ugettext, 4.0/force-text\n",
        b"from django.utils.encoding import force_text\nforce_text(x\n",
    ],
    ids=["skipped file", "skipped import", "skipped use", "broken statement"],
)
def test_what_is_skipped_or_broken_is_not_touched(source: bytes) -> None:
    assert fixed(source) == source


def test_a_file_with_a_broken_place_is_rewritten_elsewhere() -> None:
    source = b"from django.utils.encoding import force_text\nx = force_text(y)\n\n\ndef f(:\n    pass\n"
    assert b"x = force_str(y)" in fixed(source)


def test_an_unreadable_file_says_why() -> None:
    result = fix_text(b"from django.utils.encoding import force_text\nx = '\xe4'\n", PYTHON, FORCE_TEXT)
    assert result.unreadable is not None
    assert result.unreadable.line == 2


def test_each_change_is_a_step_on_top_of_the_one_before() -> None:
    source = b"from django.utils.encoding import force_text\nfrom django.utils.translation import ugettext\nforce_text(ugettext(''))\n"
    result = fix_text(source, PYTHON, [change("4.0/force-text"), change("4.0/ugettext")])
    assert [name for name, _ in result.steps] == ["4.0/force-text", "4.0/ugettext"]
    assert b"force_str(ugettext(" in result.steps[0][1]
    assert b"force_str(gettext(" in result.text
    assert result.edits == {"4.0/force-text": 2, "4.0/ugettext": 2}


def test_what_is_left_is_told_with_its_place_and_what_to_do() -> None:
    source = b"from django.utils.baseconv import base62\n\n\nx = base62.encode(1)\n"
    (first, *_) = fix_text(source, PYTHON, all_changes()).findings
    assert str(first.place) == "app/code.py:1:35"
    assert not first.fixable
    assert first.hint


def test_finding_tells_what_would_be_rewritten_and_changes_nothing() -> None:
    source = b"from django.utils.encoding import force_text\nx = force_text(y)\n"
    found = find_text(source, PYTHON, FORCE_TEXT)
    assert [(one.place.line if one.place else 0, one.fixable) for one in found] == [(1, True), (2, True)]


def test_a_template_is_not_python_and_python_is_no_template() -> None:
    tag = b"{% load staticfiles %}"
    assert fixed(tag, "3.0/load-staticfiles", path=PurePosixPath("templates/a.html")) == b"{% load static %}"
    assert fixed(tag, "3.0/load-staticfiles", path=PurePosixPath("app/a.py")) == tag
    assert fixed(tag, "3.0/load-staticfiles", path=PurePosixPath("jinja2/a.html")) == tag


def test_every_fixer_that_data_names_is_registered_and_every_registered_one_is_named() -> None:
    known = [*every_change(), collapsing((6, 1))]
    named = {name for one in known for name in (one.fix, one.find) if name}
    assert named == {*FIXERS, *TEMPLATE_FIXERS}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    files = {
        "shop/__init__.py": "",
        "shop/compat.py": "from django.utils.encoding import force_text\n",
        "shop/views.py": "from .compat import force_text\n\nname = force_text('')\n",
        "shop/models.py": (
            "from django.db import models\n\n\nclass Item(models.Model):\n"
            "    owner = models.ForeignKey('Owner', models.CASCADE)\n    name = models.TextField()\n\n"
            "    class Meta:\n        index_together = [('owner', 'name')]\n"
        ),
        "shop/migrations/__init__.py": "",
        "shop/migrations/0001_initial.py": "dependencies = []\n",
        "shop/migrations/0002_more.py": "dependencies = [('shop', '0001_initial')]\n",
        "shop/templates/a.html": "{% load staticfiles %}",
        "site/settings.py": "SECRET_KEY = 'x'\nINSTALLED_APPS = ['shop']\nDATABASES = {}\n",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


def paths_in(root: Path) -> list[PurePosixPath]:
    return sorted(PurePosixPath(one.relative_to(root).as_posix()) for one in root.rglob("*") if one.is_file())


def test_a_tree_is_fixed_change_by_change_without_being_written(project: Path) -> None:
    paths = paths_in(project)
    before = {path: (project / path).read_bytes() for path in paths}
    result = fix_tree(project, paths, all_changes(), build_facts(project, paths))
    assert {path: (project / path).read_bytes() for path in paths} == before
    assert set(result.changed["3.0/load-staticfiles"]) == {PurePosixPath("shop/templates/a.html")}
    assert set(result.changed["3.2/auto-field-setting"]) == {PurePosixPath("site/settings.py")}


def test_a_name_that_other_modules_import_keeps_its_name(project: Path) -> None:
    paths = paths_in(project)
    result = fix_tree(project, paths, FORCE_TEXT, build_facts(project, paths))
    assert result.changed["4.0/force-text"] == {
        PurePosixPath("shop/compat.py"): b"from django.utils.encoding import force_str as force_text\n"
    }


def test_an_index_is_renamed_by_a_migration_after_the_last_one(project: Path) -> None:
    paths = paths_in(project)
    changed = fix_tree(project, paths, all_changes(), build_facts(project, paths)).changed["5.1/index-together"]
    migration = changed[PurePosixPath("shop/migrations/0003_index_together.py")].decode()
    assert '("shop", "0002_more")' in migration
    assert 'old_fields=("owner", "name")' in migration
    assert b"models.Index(fields=" in changed[PurePosixPath("shop/models.py")]


def test_only_the_changes_asked_for_are_made(project: Path) -> None:
    paths = paths_in(project)
    result = fix_tree(project, paths, all_changes(), build_facts(project, paths), only=frozenset({"4.0/force-text"}))
    assert set(result.changed) == {"4.0/force-text"}


def test_a_tree_is_searched_without_a_change(project: Path) -> None:
    paths = paths_in(project)
    found = {
        (one.change, str(one.place)) for one in find_tree(project, paths, all_changes(), build_facts(project, paths))
    }
    assert ("4.0/force-text", "shop/compat.py:1:35") in found
    assert ("3.0/load-staticfiles", "shop/templates/a.html:1:9") in found
