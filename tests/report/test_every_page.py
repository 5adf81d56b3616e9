"""Every page in every form, with every text of its record hostile: nothing of it acts, all forms render."""

from __future__ import annotations

import importlib
import io
import json
import pkgutil

import pytest
from rich.cells import cell_len
from rich.console import Console

from djup import report
from djup.model import from_json
from djup.report.forms import FORMS, html, markdown, text
from tests.report.filling import PAGES, filled
from tests.report.forms.test_hostile_texts import addresses, kinds, tags
from tests.report.hostile import COMMANDS, EVERYTHING, raw

CHOICES = range(7)
"""As many as the longest list of literals on a page has (the states of a run)."""

each_page = pytest.mark.parametrize("name", PAGES)


def test_no_page_is_left_out():
    modules = [importlib.import_module(f"djup.report.{each.name}") for each in pkgutil.iter_modules(report.__path__)]
    pages = [module for module in modules if hasattr(module, "SCHEMA_VERSION")]
    assert {module.document for module in pages} <= {maker for _, maker in PAGES.values()}
    assert len(pages) > 10


@each_page
@pytest.mark.parametrize("choice", CHOICES)
@pytest.mark.parametrize("form", FORMS)
def test_no_control_character_comes_out(name, choice, form):
    kind, document = PAGES[name]
    page = filled(kind, EVERYTHING, choice)
    shown = FORMS[form](page, document(page))
    assert raw(shown) == []
    assert "javascript:" not in "".join(addresses(shown) if form == "markdown" else [])
    if form == "text":
        assert not COMMANDS.search(shown)


@each_page
@pytest.mark.parametrize("choice", CHOICES)
def test_no_markup_of_the_project_comes_out(name, choice):
    kind, document = PAGES[name]
    bad, plain = (filled(kind, each, choice) for each in (EVERYTHING, "x"))
    shown = tags(html.render(bad, document(bad)))
    assert shown.seen <= tags(html.render(plain, document(plain))).seen | {"a", "code"}  # backticks may mark code
    assert not {address for address in shown.addresses if not address.startswith("https://")}
    markup = kinds(markdown.render(bad, document(bad)))
    assert not {"html_inline", "html_block", "image", "code_block", "hr"} & markup.keys()
    assert markup.get("heading_open") == kinds(markdown.render(plain, document(plain))).get("heading_open")


@each_page
def test_json_reads_back_as_the_record(name):
    kind, document = PAGES[name]
    page = filled(kind, EVERYTHING.replace("\udcff", ""))
    shown = FORMS["json"](page, document(page))
    assert json.loads(shown)["schema_version"] == 3
    assert from_json(shown.encode(), kind) == page


@each_page
def test_eighty_columns_hold_in_pipes(name):
    kind, document = PAGES[name]
    page = filled(kind, "some words in a row that go on", 1)
    shown = text.drawn(document(page), Console(width=80, file=io.StringIO(), force_terminal=False))
    assert max(cell_len(line) for line in shown.splitlines()) <= 80
