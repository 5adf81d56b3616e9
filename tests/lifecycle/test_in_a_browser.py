"""The site in a real browser: wide and narrow, light and dark, by keyboard, without JavaScript, and under axe's rules."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
SIZES = {"desktop": (1280, 900), "phone": (390, 844)}
PAGES = ("/", "/django/", "/mariadb/", "/tags/", "/categories/database/", "/upcoming/", "/api/")
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
def visit(browser: Browser, served: str):
    """Open a page of the site; what the console says, a failed request or one to another host fails the test."""
    complaints: list[str] = []
    pages: list[Page] = []

    def opened(path: str, size: str = "desktop", scheme: Scheme = "light", **more: Any) -> Page:
        width, height = SIZES[size]
        page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme, **more)
        pages.append(page)
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("requestfailed", lambda request: complaints.append(request.url))
        page.on("request", lambda request: None if request.url.startswith(served) else complaints.append(request.url))
        page.goto(served + path)
        return page

    yield opened
    for page in pages:
        page.close()
    assert complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("path", PAGES)
def test_a_page_breaks_no_rule_of_axe_and_is_no_wider_than_the_screen(visit, path, size, scheme):
    page = visit(path, size, scheme)
    found = Axe().run(page).response
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found["violations"]] == []
    assert {"color-contrast", "html-has-lang", "landmark-one-main"} <= {one["id"] for one in found["passes"]}
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_axe_would_tell_of_a_fault(visit):
    page = visit("/")
    page.evaluate("document.querySelector('label').remove()")
    page.evaluate("document.querySelector('.lead').style.color = '#eee'")
    assert {one["id"] for one in Axe().run(page).response["violations"]} >= {"label", "color-contrast"}


def test_the_keyboard_skips_to_the_content_and_shows_where_it_is(visit):
    page = visit("/django/")
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to the content"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left >= 0")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert focused(page) == "Frameworks"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_the_keyboard_reaches_everything_that_can_be_followed_or_pressed(visit):
    page = visit("/django/")
    wanted = page.evaluate("[...document.querySelectorAll('a[href], button, [tabindex]')].length")
    seen = set()
    for _ in range(wanted):
        page.keyboard.press("Tab")
        seen.add(page.evaluate("[...document.querySelectorAll('*')].indexOf(document.activeElement)"))
    assert len(seen) == wanted


def test_the_keyboard_sorts_the_table(visit):
    page = visit("/django/")
    first = "document.querySelector('table.releases tbody th').textContent"
    assert page.evaluate(first) == "2030"
    page.get_by_role("button", name="Released").focus()
    page.keyboard.press("Enter")
    assert page.evaluate(first) == "1.0"
    assert page.get_by_role("columnheader", name="Released").get_attribute("aria-sort") == "ascending"
    page.keyboard.press("Space")
    assert page.evaluate(first) == "2030"
    page.get_by_role("button", name="Release", exact=True).click()
    assert page.evaluate(first) == "1.0"
    assert page.locator("[aria-sort]").count() == 1


def test_releases_sort_by_age_and_not_by_the_letters_of_their_names(visit):
    page = visit("/django/")
    names = page.locator("table.releases tbody th").all_text_contents()
    page.get_by_role("button", name="Release", exact=True).click()
    oldest_first = page.locator("table.releases tbody th").all_text_contents()
    assert oldest_first == names[::-1]
    assert oldest_first.index("1.10") > oldest_first.index("1.9")


def test_the_search_finds_by_title_alias_and_tag_and_says_how_many(visit):
    page = visit("/")
    for words, expected in (("post", ["PostgreSQL"]), ("POSTGRES database", ["PostgreSQL"]), ("no such thing", [])):
        page.get_by_role("searchbox").fill(words)
        assert page.locator(".cards li:visible > a").all_text_contents() == expected
        assert page.get_by_role("status").text_content() == f"{len(expected)} found"
    page.get_by_role("searchbox").fill("")
    assert page.locator(".cards li:visible").count() == page.locator(".cards li").count()


def test_without_javascript_the_facts_are_the_same_and_nothing_dead_is_shown(visit):
    with_script, without = visit("/django/"), visit("/django/", java_script_enabled=False)
    cells = "table.releases td"
    assert without.locator(cells).all_text_contents() == with_script.locator(cells).all_text_contents()
    assert without.get_by_role("button").count() == 0
    plain = visit("/", java_script_enabled=False)
    assert plain.get_by_role("searchbox").count() == 0
    assert plain.locator(".cards li:visible").count() > 10


def test_a_roadmap_too_wide_for_a_phone_begins_near_today(visit):
    page = visit("/django/", "phone")
    line = page.locator(".roadmap .now").bounding_box()
    assert 0 < line["x"] < SIZES["phone"][0]
    assert page.evaluate("document.querySelector('figure .scroll').scrollLeft") > 0


def test_a_card_leads_to_its_release(visit):
    page = visit("/django/")
    page.get_by_role("link", name="5.2").first.click()
    assert page.url.endswith("#release-5.2")
    assert page.locator(":target").count() == 1


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent.trim()"))
