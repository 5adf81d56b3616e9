"""A page made of hostile texts, in every form: nothing of them acts, and nothing of them is lost."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import PurePosixPath

import msgspec
import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token
from rich.console import Console

from djup.model import Finding, Place, Record
from djup.report import document as doc
from djup.report.forms import FINDINGS, FORMS, html, lines, markdown, text
from djup.report.forms import json as json_form
from tests.report.hostile import COMMANDS, EVERYTHING, TEXTS, raw


class Page(Record):
    text: str


def page_of(bad: str) -> doc.Document:
    """Every kind of block, with the text in every place a text can stand."""
    return doc.document(
        bad,
        doc.paragraph(bad, " ", doc.strong(bad), " ", doc.code(bad), " ", doc.command(bad), " ", doc.faint(bad)),
        doc.paragraph(doc.linked(bad, "javascript:alert(1)"), doc.linked(bad, "https://example.org/" + bad)),
        doc.table(["head", doc.Column(title=bad, prose=True)], [[bad, doc.code(bad)], ["x", bad]]),
        doc.facts([(bad, bad, bad)]),
        doc.bullets([doc.item(bad, details=[bad]), doc.item(bad, open_=True)]),
        doc.bullets([bad], numbered=True),
        doc.Code(text=bad, language="python"),
        doc.section(bad, doc.section(bad, doc.paragraph(bad))),
        doc.notes([bad]),
        doc.next_step(bad, bad),
    )


bad_texts = pytest.mark.parametrize("bad", [*TEXTS.values(), EVERYTHING], ids=[*TEXTS, "everything"])


@bad_texts
@pytest.mark.parametrize("form", [name for name in FORMS if name != "text"])
def test_no_control_character_comes_out(form, bad):
    assert raw(FORMS[form](Page(text=bad), page_of(bad))) == []


@bad_texts
@pytest.mark.parametrize("width", [20, 80, 200])
def test_text_has_no_controls_and_no_commands_for_a_ci(width, bad):
    shown = text.drawn(page_of(bad), Console(width=width, file=io.StringIO(), force_terminal=False))
    assert raw(shown) == []
    assert not COMMANDS.search(shown)


@bad_texts
def test_colours_are_the_only_escapes_on_a_terminal(bad):
    shown = text.drawn(
        page_of(bad), Console(width=80, file=io.StringIO(), force_terminal=True, color_system="standard")
    )
    assert raw(re.sub(r"\x1b\[[\d;]*m", "", shown)) == []


@bad_texts
def test_markdown_holds_no_markup_of_the_project(bad):
    shown = markdown.render(Page(text=bad), page_of(bad))
    plain = markdown.render(Page(text="x"), page_of("x"))
    assert kinds(shown) == kinds(plain)
    assert {address for address in addresses(shown) if not address.startswith("https://example.org/")} == set()


def kinds(shown: str) -> dict[str, int]:
    """How many blocks and pieces of markup a CommonMark reader with GitHub's tables sees, by kind."""
    found = Counter(token.type for token in tokens(shown))
    for kind in ("text", "text_special", "softbreak", "link_open", "link_close", "code_inline"):
        del found[kind]  # addresses are looked at apart, and code is only code
    return dict(found)


def addresses(shown: str) -> list[str]:
    return [str(token.attrs["href"]) for token in tokens(shown) if token.type == "link_open"]


def tokens(shown: str) -> list[Token]:
    reader = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    return [inner for token in reader.parse(shown) for inner in (token, *(token.children or ()))]


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.seen.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src")]


def tags(shown: str) -> Tags:
    found = Tags()
    found.feed(shown)
    return found


@bad_texts
def test_html_holds_no_markup_of_the_project(bad):
    shown, plain = (tags(html.render(Page(text=each), page_of(each))) for each in (bad, "x"))
    assert shown.seen - {"a"} == plain.seen - {"a"}
    assert shown.attributes <= plain.attributes | {"href", "rel"}
    assert {address for address in shown.addresses if not address.startswith("https://example.org/")} == set()


@bad_texts
def test_json_reads_back_as_what_went_in(bad):
    shown = json_form.render(Page(text=bad), page_of(bad))
    assert json.loads(shown)["text"] == bad.replace("\udcff", r"\xff")
    assert msgspec.json.decode(shown)["text"] == json.loads(shown)["text"], "strict readers take it too"


@bad_texts
@pytest.mark.parametrize("form", FINDINGS)
def test_findings_for_other_tools(form, bad):
    place = Place(path=PurePosixPath(bad.replace("\x00", "")), line=1, column=1)
    shown = FINDINGS[form]([Finding(change=bad, summary=bad, severity="must", place=place, hint=bad, link=bad)])
    assert raw(shown) == []
    if form in ("sarif", "gitlab"):
        assert bad.replace("\udcff", r"\xff") in strings(json.loads(shown))
    else:
        assert shown.count("\n") == 1
        assert len(re.findall(r"^::", shown, re.MULTILINE)) == (form == "github")


def strings(value) -> str:
    """All strings of a JSON value, one after the other."""
    if isinstance(value, dict):
        return "\n".join(strings(inner) for inner in value.values())
    return "\n".join(map(strings, value)) if isinstance(value, list) else str(value)


def test_lines_name_place_change_and_severity():
    found = Finding(change="4.0/x", summary="Gone", severity="must", place=Place(path=PurePosixPath("a.py"), line=3))
    assert lines.render([found]) == "a.py:3: 4.0/x must: Gone.\n"
