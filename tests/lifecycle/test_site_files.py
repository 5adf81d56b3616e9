"""Calendars, feeds, badges, roadmaps and pages: they parse, they are stable, and nothing of a page can harm them."""

from __future__ import annotations

import datetime as dt
import json
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import icalendar
import pytest

from djup.errors import UsageError
from djup.lifecycle.catalogue import Catalogue
from djup.lifecycle.events import events, upcoming
from djup.lifecycle.models import Product
from djup.lifecycle.pages import read_page
from djup.lifecycle.site.build import build_site
from djup.lifecycle.site.markdown import render_markdown
from djup.lifecycle.site.roadmap import roadmap
from djup.lifecycle.site.rows import distance, unbroken
from djup.lifecycle.site.settings import Settings
from djup.lifecycle.site.tree import site_files

ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = """---
title: <script>alert(1)</script>
category: app
permalink: /hostile
releasePolicyLink: javascript:alert(1)
versionCommand: "</code><img src=x onerror=alert(1)>"
LTSLabel: "<img src=x onerror=alert(1)>"
customFields:
  - name: own
    display: after-release-column
    label: "<b onclick=alert(1)>"
    link: javascript:alert(1)
releases:
  - releaseCycle: "1"
    releaseLabel: "<svg onload=alert(1)>"
    releaseDate: 2020-01-01
    lts: true
    eol: 2030-01-01
    latest: "<i>"
    link: javascript:alert(1)
    own: "<u>"
---
<script>alert(1)</script> [x](javascript:alert(1)) ![pic](https://elsewhere.example/x.png) <img src=x onerror=alert(1)>
"""


class Tags(HTMLParser):
    """Every tag of a document with its attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


def django(catalogue: Catalogue) -> Product:
    found = catalogue.get("django")
    assert found is not None
    return found


def calendar(files: dict[str, bytes], name: str) -> icalendar.Calendar:
    (made,) = icalendar.Calendar.from_ical(files[f"calendar/{name}.ics"], multiple=True)
    return made


def test_every_calendar_parses_and_its_uids_are_its_own(files):
    for path, body in files.items():
        if path.endswith(".ics"):
            (made,) = icalendar.Calendar.from_ical(body, multiple=True)
            uids = [str(event["uid"]) for event in made.walk("VEVENT")]
            assert uids
            assert len(uids) == len(set(uids))
            assert body.endswith(b"END:VCALENDAR\r\n")
            assert all(len(line) <= 75 for line in body.split(b"\r\n"))


def test_uids_are_equal_in_two_builds_on_two_days(catalogue, files):
    later = Settings(now=dt.datetime(2026, 5, 1, tzinfo=dt.UTC), url="https://other.example")
    again = dict(site_files(catalogue, later))
    first, second = ({str(e["uid"]) for e in calendar(one, "django").walk("VEVENT")} for one in (files, again))
    assert first == second
    assert "django-6.0-eol@lifecycle.djup" in first


def test_the_same_inputs_give_the_same_bytes(catalogue, settings, files):
    assert dict(site_files(catalogue, settings)) == files


def test_an_end_has_alarms_before_it_and_a_past_end_has_none(files):
    alarms = {str(event["uid"]): len(event.walk("VALARM")) for event in calendar(files, "django").walk("VEVENT")}
    assert alarms["django-6.0-eol@lifecycle.djup"] == 3
    assert alarms["django-5.1-eol@lifecycle.djup"] == 0
    assert alarms["django-6.0-eoas@lifecycle.djup"] == 0


def test_an_event_is_its_last_day_and_says_so(files):
    (event,) = [e for e in calendar(files, "django").walk("VEVENT") if e["uid"] == "django-6.0-eol@lifecycle.djup"]
    assert event.decoded("dtstart") == dt.date(2027, 4, 30)
    assert event.decoded("dtend") == dt.date(2027, 5, 1)
    assert str(event["summary"]) == "Django 6.0 reaches its end of life"


def test_an_announced_month_is_told_as_one(files):
    (event,) = [e for e in calendar(files, "django").walk("VEVENT") if e["uid"] == "django-2028-eol@lifecycle.djup"]
    assert event.decoded("dtstart") == dt.date(2031, 1, 31)
    assert "Only the month is known" in str(event["description"])


def test_feeds_tell_what_happened_newest_first_and_nothing_that_is_to_come(files):
    root = ET.fromstring(files["feed/django.atom"])
    entries = [(e.findtext(f"{ATOM}id"), e.findtext(f"{ATOM}updated") or "") for e in root.iter(f"{ATOM}entry")]
    days = [updated for _, updated in entries]
    assert entries[0] == ("tag:lifecycle.djup,2026:django-4.2-eol", "2026-04-07T00:00:00Z")
    assert days == sorted(days, reverse=True)
    assert max(days) <= "2026-04-10T23"


def test_badges_say_the_status(files):
    assert json.loads(files["badge/django/6.0.json"])["color"] == "brightgreen"
    assert json.loads(files["badge/django/5.2.json"])["message"] == "security fixes until 2028-04-30"
    assert json.loads(files["badge/django/4.2.json"]) == {
        "schemaVersion": 1,
        "label": "Django 4.2",
        "message": "end of life since 2026-04-07",
        "color": "red",
    }


def test_what_is_coming_is_told_soonest_first_and_today_counts(catalogue):
    day = dt.date(2026, 4, 30)
    found = upcoming(catalogue.products, day, 30)
    assert (found[0].key, found[0].day) == ("mysql-8.0-eol", day)
    assert all(day <= event.day <= day + dt.timedelta(days=30) for event in found)
    assert upcoming(catalogue.products, dt.date(2026, 5, 1), 0) == []


def test_the_roadmap_is_xml_with_a_bar_per_release_and_a_line_for_today(catalogue):
    root = ET.fromstring(roadmap(django(catalogue), dt.date(2026, 4, 10)))
    titles = [title.text or "" for title in root.iter("{http://www.w3.org/2000/svg}title")]
    assert len(titles) == 1 + 6
    assert any(title.startswith("Django 2028: planned for 2028-01") for title in titles)
    fills = [rect.get("fill") for rect in root.iter("{http://www.w3.org/2000/svg}rect")]
    assert fills.count("url(#planned)") == 2
    assert len(list(root.iter("{http://www.w3.org/2000/svg}line"))) > 1


def test_a_roadmap_leaves_out_what_is_long_over_but_never_everything():
    def made(last: int) -> str:
        rows = "".join(
            f'  - releaseCycle: "{year}"\n    releaseDate: {year}-01-01\n    eol: {year + 1}-01-01\n'
            for year in range(last, 1999, -1)
        )
        product = read_page(f"---\ntitle: T\ncategory: app\npermalink: /t\nreleases:\n{rows}---\n", "t.md").product
        assert product is not None
        return roadmap(product, dt.date(2026, 4, 10))

    assert "T 2025: " in made(2026)
    assert "T 2015: " not in made(2026)
    assert [f"T {year}: " in made(2010) for year in (2010, 2005, 2004)] == [True, True, False]


def test_support_without_a_known_end_is_drawn_as_such():
    page = read_page(
        '---\ntitle: T\ncategory: app\npermalink: /t\nreleases:\n  - releaseCycle: "1"\n    releaseDate: 2025-01-01\n    eol: false\n---\n',
        "t.md",
    )
    assert page.product is not None
    assert "no end known" in roadmap(page.product, dt.date(2026, 4, 10))


def test_nothing_of_a_hostile_page_becomes_markup(settings):
    page = read_page(HOSTILE, "hostile.md")
    files = dict(site_files(Catalogue([page]), settings))
    for path in ("hostile/index.html", "index.html"):
        tags = Tags(files[path].decode()).tags
        assert [dict(attributes) for tag, attributes in tags if tag == "script"] == [
            {"src": ("../" if "/" in path else "./") + "static/table.js", "defer": None}
        ]
        assert not [tag for tag, _ in tags if tag in {"img", "u", "i", "b", "iframe", "object"}]
        links = [str(attributes.get("href", "")) for tag, attributes in tags if tag == "a"]
        assert not [link for link in links if link.lower().startswith("javascript")]
        assert not [name for _, attributes in tags for name in attributes if name.startswith("on")]


def test_a_hostile_title_does_not_break_the_roadmap_or_the_calendar(settings):
    files = dict(site_files(Catalogue([read_page(HOSTILE, "hostile.md")]), settings))
    ET.fromstring(files["roadmap/hostile.svg"])
    (made,) = icalendar.Calendar.from_ical(files["calendar/hostile.ics"], multiple=True)
    assert "<script>" in str(made.walk("VEVENT")[0]["summary"])


@pytest.mark.parametrize(
    "link", ["javascript:x", "JaVaScRiPt:x", "data:text/html,x", "vbscript:x", "file:///etc/passwd"]
)
def test_links_of_other_schemes_are_no_links(link):
    assert "<a " not in render_markdown(f"[text]({link})")


def test_markdown_keeps_tables_and_drops_what_other_tools_put_there():
    html = render_markdown(
        "| a |\n|---|\n| b |\n\n{% include x.html %}\n\n*[LTS]: Long\n\n<!-- gone -->text{: .note }\n"
    )
    assert "<table>" in html
    assert "text" in html
    assert not [word for word in ("include", "[LTS]", "gone", ".note") if word in html]


def test_a_product_of_a_reserved_name_is_left_out(settings):
    page = read_page("---\ntitle: A\ncategory: app\npermalink: /api\nreleases: []\n---\n", "api.md")
    files = dict(site_files(Catalogue([page]), settings))
    assert json.loads(files["api/all.json"]) == []


def test_a_build_replaces_a_build_and_nothing_else(tmp_path, catalogue, settings):
    out = tmp_path / "site"
    count = build_site(catalogue, settings, out)
    assert count == build_site(catalogue, settings, out)
    assert (out / "django" / "index.html").is_file()
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    other = tmp_path / "other"
    other.mkdir()
    (other / "mine.txt").write_text("mine")
    with pytest.raises(UsageError):
        build_site(catalogue, settings, other)
    assert [path.name for path in other.iterdir()] == ["mine.txt"]


def test_every_link_of_the_site_leads_to_a_file(files):
    for path, body in files.items():
        if not path.endswith(".html") or path == "404.html":
            continue
        for _, attributes in Tags(body.decode()).tags:
            link = attributes.get("href") or attributes.get("src") or ""
            if link.startswith(("http", "#")) or not link:
                continue
            parts = [*path.split("/")[:-1]]
            for part in link.split("/"):
                parts = parts[:-1] if part == ".." else parts if part in {".", ""} else [*parts, part]
            target = "/".join(parts)
            candidates = {target, f"{target}/index.html".removeprefix("/"), f"{target}.json"}
            assert candidates & set(files), f"{path}: {link}"


def test_an_event_keeps_its_key_when_its_date_moves(catalogue):
    keys = {event.key for event in events(django(catalogue))}
    moved = read_page(
        "---\ntitle: Django\ncategory: framework\npermalink: /django\nreleases:\n"
        '  - releaseCycle: "6.0"\n    eol: 2027-05-31\n---\n',
        "django.md",
    )
    assert moved.product is not None
    assert {event.key for event in events(moved.product)} <= keys


def test_a_date_in_a_status_is_never_broken_into_two_lines():
    assert unbroken("<b> until 2027-12, 2026-04-07") == (
        '&lt;b&gt; until <span class="day">2027-12</span>, <span class="day">2026-04-07</span>'
    )


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "today"), (1, "in 1 day"), (-1, "1 day ago"), (45, "in 1 month"), (400, "in 13 months"), (800, "in 2 years")],
)
def test_distances_in_words(days, words):
    assert distance(days) == words
