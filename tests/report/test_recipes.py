"""The recipes of docs/contributing.md, followed for a made-up page and a made-up form."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import click
import pytest
from click.testing import CliRunner

from djup.cli.output import show
from djup.report import forms
from djup.report.forms import FORMS
from tests.report.filling import filled
from tests.report.hostile import EVERYTHING, raw

CONTRIBUTING = Path(__file__).parent.parent.parent / "docs" / "contributing.md"

PAGE = '''
"""The page of ``djup weather``."""

from djup.model import Record
from djup.report import document as doc

SCHEMA_VERSION = 1


class WeatherPage(Record):
    """What ``djup weather`` shows."""

    town: str
    days: tuple[str, ...]
    schema_version: int = SCHEMA_VERSION


def document(page):
    """The days, and what to do."""
    return doc.document(page.town, doc.section("Days", doc.bullets(page.days)), doc.next_step("djup umbrella"))
'''

FORM = '''
"""A page as its title alone."""

from djup.report.visible import visible


def render(page, document):
    """Return the title."""
    return visible("".join(span.text for span in document.title)) + "\\n"
'''


def module(folder: Path, name: str, text: str) -> ModuleType:
    """The one module that a recipe asks for, loaded as if it were there."""
    (folder / f"{name}.py").write_text(text)
    spec = importlib.util.spec_from_file_location(name, folder / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    sys.modules[name] = made
    spec.loader.exec_module(made)
    return made


@pytest.fixture
def weather(tmp_path):
    yield module(tmp_path, "weather", PAGE)
    del sys.modules["weather"]


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ("text", "Springfield\n\nDays\n  - sun\n  - rain\n\nNext: djup umbrella\n"),
        ("markdown", "## Springfield\n\n### Days\n\n- sun\n- rain\n\nNext: `djup umbrella`\n"),
        ("html", "<h2>Days</h2>"),
        ("json", '"town": "Springfield"'),
    ],
)
def test_a_page_is_one_module_and_has_every_form(weather, form, told):
    @click.command()
    def command() -> None:
        page = weather.WeatherPage(town="Springfield", days=("sun", "rain"))
        show(form, page, weather.document(page))

    assert told in CliRunner().invoke(command).stdout


@pytest.mark.parametrize("form", FORMS)
def test_a_new_page_need_not_think_of_hostile_texts(weather, form):
    page = filled(weather.WeatherPage, EVERYTHING)
    assert raw(FORMS[form](page, weather.document(page))) == []


def test_a_form_is_one_module_and_one_line(weather, tmp_path, monkeypatch):
    made = module(tmp_path, "title_only", FORM)
    monkeypatch.setattr(forms, "FORMS", {**FORMS, "title": made.render})
    monkeypatch.setattr("djup.cli.output.FORMS", forms.FORMS)

    @click.command()
    def command() -> None:
        page = weather.WeatherPage(town="Springfield\x1b[2J", days=())
        show("title", page, weather.document(page))

    assert CliRunner().invoke(command).stdout == "Springfield\\x1b[2J\n"


def test_the_recipes_name_these_files():
    text = CONTRIBUTING.read_text(encoding="utf-8")
    for title, file in (("A page of a report", "src/djup/report/<command>.py"), ("A form of a report", "src/djup/report/forms/<form>.py")):  # fmt: skip
        section = text.partition(f"## {title}\n")[2].partition("\n## ")[0]
        assert file in section
    for name in ("report/document.py", "report/forms/__init__.py", "cli/output.py"):
        assert (CONTRIBUTING.parent.parent / "src" / "djup" / name).exists()
