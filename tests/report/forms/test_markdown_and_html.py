"""Pages as Markdown and as HTML, as a person and a browser get them."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest

from djup.model import Record
from djup.report import document as doc
from djup.report.forms import html, markdown
from djup.report.forms.links import safe_address


class Page(Record):
    """No form but JSON looks at the record."""


PAGE = doc.document(
    "shop",
    doc.paragraph("See ", doc.linked("the notes", "https://example.org/a_b"), "."),
    doc.table(["name", doc.Column(title="count", align="right")], [[doc.code("a|b"), "2"]]),
    doc.section("To do", doc.bullets([doc.item(doc.code("x.py:1"), details=["because"], open_=True)])),
    doc.Code(text="pip install x", language="console"),
    doc.next_step("djup upgrade"),
)


def test_markdown():
    assert markdown.render(Page(), PAGE) == (
        "## shop\n\n"
        "See [the notes](<https://example.org/a_b>).\n\n"
        "| name | count |\n| --- | ---: |\n| `a\\|b` | 2 |\n\n"
        "### To do\n\n"
        "- [ ] `x.py:1`\n  - because\n\n"
        "```console\npip install x\n```\n\n"
        "Next: `djup upgrade`\n"
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("force_text and __init__", r"force_text and \_\_init\_\_"),
        ("Django 2.2.5 on Python 3.7", "Django 2.2.5 on Python 3.7"),
        ("<b> & *", r"\<b\> \& \*"),
        ("[x](javascript:1)", r"\[x\](javascript:1)"),
    ],
)
def test_plain_text_stays_readable_in_markdown(text, shown):
    assert markdown.escaped(text) == shown


def test_html_is_one_page_that_runs_and_fetches_nothing():
    shown = html.render(Page(), PAGE)
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', shown)
    style = re.search(r"<style>(.*)</style>", shown, re.DOTALL)
    assert policy
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"'sha256-{digest}'" in policy[1]
    assert policy[1].startswith("default-src 'none'")
    assert "<script" not in shown
    assert not re.search(r"<[^>]* (src|style|on\w+)=", shown)
    for fit in ("prefers-color-scheme: dark", "@media print", "width=device-width"):
        assert fit in shown


def test_html_of_a_page():
    shown = html.render(Page(), PAGE)
    assert '<a href="https://example.org/a_b" rel="noopener noreferrer">the notes</a>' in shown
    assert '<td><code>a|b</code></td><td class="right">2</td>' in shown
    assert "<h2>To do</h2>" in shown
    assert "<p>Next: <code>djup upgrade</code></p>" in shown


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("https://example.org/a b<c>", "https://example.org/a%20b%3Cc%3E"),
        ("javascript:alert(1)", ""),
        ("JavaScript:alert(1)", ""),
        ("java\nscript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//example.org", ""),
        ("https:", ""),
        ("https://[", ""),
        ("", ""),
    ],
)
def test_only_web_addresses_are_linked(address, safe):
    assert safe_address(address) == safe
