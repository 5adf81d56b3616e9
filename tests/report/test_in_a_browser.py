"""Reports as HTML in a real browser, opened from disk: phone and desktop, light and dark, print, under axe's rules."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright

from djup.report.forms import html
from tests.report.hostile import EVERYTHING
from tests.report.test_samples import RECORDS, sample

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
Scheme = Literal["light", "dark"]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed here (apt-get install chromium)"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    arguments = ["--disable-dev-shm-usage"]  # containers often have but little shared memory
    arguments += ["--no-sandbox"] if os.geteuid() == 0 else []  # the sandbox refuses to run as root
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=Path(CHROMIUM or ""), args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def opened(browser: Browser, tmp_path: Path):
    """Open a page from disk; what the console says, and any request but for the file itself, fails the test."""
    complaints: list[str] = []
    pages = []

    def visit(text: str, width: int = 1440, scheme: Scheme = "light"):
        file = tmp_path / "report.html"
        file.write_text(text, encoding="utf-8")
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        pages.append(page)
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: None if request.url == file.as_uri() else complaints.append(request.url))
        page.goto(file.as_uri())
        return page

    yield visit
    for page in pages:
        page.close()
    assert complaints == []


@pytest.mark.parametrize("file", RECORDS, ids=lambda file: file.stem)
@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1440, "light")])
def test_a_page_fits_and_breaks_no_rule_of_axe(opened, file: Path, width: int, scheme: Scheme):
    page = opened(html.render(*sample(file)), width, scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []


def test_a_page_prints_on_paper(opened):
    page = opened(html.render(*sample(next(file for file in RECORDS if file.stem == "upgrade-green"))), 794)
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth") <= 794
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_hostile_texts_run_nothing_and_fetch_nothing(opened):
    from tests.report.filling import PAGES, filled

    for kind, document in PAGES.values():
        record = filled(kind, EVERYTHING)
        page = opened(html.render(record, document(record)))
        assert page.locator("script, img, iframe, object, form").count() == 0
