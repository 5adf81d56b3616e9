"""The server, asked as ASGI asks it: conditions, ranges, methods, errors, and hostile paths."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from djup.lifecycle.server.answers import Answers
from djup.lifecycle.server.app import App
from djup.lifecycle.server.run import Source, Watcher

PAGE = '---\ntitle: T\ncategory: app\npermalink: /thing\nreleases:\n  - releaseCycle: "1"\n    eol: false\n---\n'


@pytest.fixture(scope="session")
def app(files) -> App:
    return App(Answers(files.items()))


def ask(app: App, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    sent: list[Any] = []

    async def send(message):
        sent.append(message)

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    fields = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": method, "path": path, "headers": fields}
    asyncio.run(app(scope, receive, send))
    start, *bodies = sent
    found = {name.decode(): value.decode() for name, value in start["headers"]}
    return start["status"], found, b"".join(message["body"] for message in bodies)


def test_an_answer_has_its_kind_its_tag_and_may_be_read_from_anywhere(app, files):
    status, headers, body = ask(app, "/api/v1/products/django")
    assert (status, body) == (200, files["api/v1/products/django.json"])
    assert headers["content-type"] == "application/json"
    assert headers["content-length"] == str(len(body))
    assert headers["access-control-allow-origin"] == "*"
    assert headers["cache-control"] == "public, max-age=3600"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/django/", "text/html; charset=utf-8"),
        ("/api/", "text/html; charset=utf-8"),
        ("/api/v1", "application/json"),
        ("/api/v1/", "application/json"),
        ("/api/v1/products/full", "application/json"),
        ("/api/v1/products/django/releases/5.2/", "application/json"),
        ("/api/django.json", "application/json"),
        ("/calendar/all.ics", "text/calendar; charset=utf-8"),
        ("/feed/all.atom", "application/atom+xml; charset=utf-8"),
        ("/roadmap/django.svg", "image/svg+xml"),
        ("/static/style.css", "text/css; charset=utf-8"),
    ],
)
def test_every_kind_of_file_is_found(app, path, kind):
    status, headers, _ = ask(app, path)
    assert (status, headers["content-type"]) == (200, kind)


def test_a_page_without_its_slash_is_moved_to(app):
    status, headers, _ = ask(app, "/django")
    assert (status, headers["location"]) == (308, "/django/")


def test_head_is_get_without_the_body(app):
    got, headed = ask(app, "/api/all.json"), ask(app, "/api/all.json", "HEAD")
    assert (headed[0], headed[1], headed[2]) == (got[0], got[1], b"")


def test_a_known_tag_gives_not_modified(app):
    tag = ask(app, "/api/all.json")[1]["etag"]
    for condition in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        status, headers, body = ask(app, "/api/all.json", if_none_match=condition)
        assert (status, body) == (304, b"")
        assert headers["etag"] == tag
    assert ask(app, "/api/all.json", if_none_match='"other"')[0] == 200


def test_the_parts_of_a_file(app):
    body = ask(app, "/static/style.css")[2]
    size = len(body)
    for asked, part in (("0-9", body[:10]), (f"{size - 3}-", body[-3:]), ("-5", body[-5:]), (f"0-{size + 99}", body)):
        status, headers, found = ask(app, "/static/style.css", range=f"bytes={asked}")
        assert (status, found) == (206, part)
        assert headers["content-range"].endswith(f"/{size}")
    status, headers, _ = ask(app, "/static/style.css", range=f"bytes={size}-")
    assert (status, headers["content-range"]) == (416, f"bytes */{size}")


@pytest.mark.parametrize(
    "asked", ["bytes=5-1", "bytes=-", "lines=1-2", "bytes=0-1,3-4", "bytes=x-y", "bytes=" + "9" * 99 + "-"]
)
def test_a_range_that_says_nothing_gives_the_whole(app, asked):
    assert ask(app, "/static/style.css", range=asked)[0] == 200


def test_a_range_of_another_state_gives_the_whole(app):
    assert ask(app, "/static/style.css", range="bytes=0-1", if_range='"other"')[0] == 200


def test_what_is_missing_is_json_for_machines_and_a_page_for_people(app):
    status, headers, body = ask(app, "/api/v1/products/nothing")
    assert (status, headers["content-type"]) == (404, "application/json")
    assert json.loads(body) == {"error": "there is no such thing", "status": 404}
    status, headers, body = ask(app, "/nothing")
    assert (status, headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert b"There is no such page" in body


def test_other_methods_are_refused(app):
    for method in ("POST", "PUT", "DELETE", "PATCH", "TRACE"):
        status, headers, _ = ask(app, "/api/all.json", method)
        assert (status, headers["allow"]) == (405, "GET, HEAD, OPTIONS")
    assert ask(app, "/api/all.json", "OPTIONS")[0] == 204


@given(st.text(max_size=200))
def test_no_path_makes_it_fail_and_none_leads_out(app, path):
    status, _, body = ask(app, "/" + path)
    assert status in {200, 308, 404}
    assert b"Traceback" not in body


@pytest.mark.parametrize(
    "path",
    ["/../etc/passwd", "/..", "//", "/\x00", "/" + "a" * 100_000, "/static/../../pyproject.toml", "/api/" + "/" * 999],
)
def test_hostile_paths_are_just_missing(app, path):
    assert ask(app, path)[0] in {404, 308, 200}
    assert b"root:" not in ask(app, path)[2]


def test_a_changed_page_is_served_anew_and_an_unchanged_one_is_not_made_again(tmp_path):
    page = tmp_path / "thing.md"
    page.write_text(PAGE)
    source = Source(folders=(tmp_path,), bundled=False)
    now = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    app = App(source.make(now))
    said: list[str] = []
    watcher = Watcher(app, source, source.state(now), said.append)
    asyncio.run(watcher.look(now))
    assert said == []
    page.write_text(PAGE.replace('"1"', '"10"'))
    asyncio.run(watcher.look(now))
    assert ask(app, "/api/thing/10.json")[0] == 200
    assert len(said) == 1
    asyncio.run(watcher.look(now + dt.timedelta(days=1)))
    assert len(said) == 2


def test_pages_that_vanish_leave_the_old_answers_in_place(tmp_path):
    page = tmp_path / "thing.md"
    page.write_text(PAGE)
    source = Source(folders=(tmp_path,), bundled=False)
    now = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    app = App(source.make(now))
    said: list[str] = []
    watcher = Watcher(app, source, source.state(now), said.append)
    page.unlink()
    asyncio.run(watcher.look(now))
    assert ask(app, "/api/thing.json")[0] == 200
    assert "the old ones are served" in said[0]
