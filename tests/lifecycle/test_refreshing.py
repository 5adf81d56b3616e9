"""Versions seen elsewhere become edits of a page, or proposals; comments and order stay."""

from __future__ import annotations

import datetime as dt
import email.utils
import functools
import http.server
import io
import subprocess
import tarfile
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner

import djup
from djup.cli.lifecycle import refresh
from djup.lifecycle.pages import read_page
from djup.lifecycle.refresh import Seen, apply, plan_refresh, versions_of_tags
from djup.packages.index import Index
from djup.tasks.refresh import of_index, refresh_file, tags_of

PAGE = """---
title: Django  # the framework
category: framework
permalink: /django
auto:
  methods:
    - pypi: Django
releases:
  # announced
  - releaseCycle: "2028"
    releaseDate: 2028-01
    eol: 2031-01

  - releaseCycle: "6.2"
    releaseDate: 2027-04-07   # a Wednesday
    latest: '6.2.1'  # keep
    latestReleaseDate: 2027-05-04
    eol: 2030-04

  - latest: "6.1.9"
    releaseCycle: "6.1"
    eol: 2027-12
---

Body with 6.2.1 in it.
"""
DAY = dt.date(2028, 1, 5)


def seen(*versions: str, day: dt.date | None = DAY, withdrawn: tuple[str, ...] = ()) -> list[Seen]:
    return [Seen(version=one, day=day, source="test", withdrawn=one in withdrawn) for one in versions]


def refreshed(*found: Seen):
    product = read_page(PAGE, "django.md").product
    assert product is not None
    return plan_refresh(product, found)


def changes(*found: Seen) -> set[tuple[str, str, str]]:
    return {(one.cycle, one.key, one.new) for one in refreshed(*found).updates}


def test_a_newer_patch_moves_the_latest_and_its_day():
    assert changes(*seen("6.2.1", "6.2.2", "6.2.10")) == {
        ("6.2", "latest", "6.2.10"),
        ("6.2", "latestReleaseDate", "2028-01-05"),
    }


def test_a_current_page_needs_nothing():
    found = refreshed(*seen("6.2", "6.2.1", "6.1.9", day=dt.date(2027, 5, 4)))
    assert {(one.cycle, one.key) for one in found.updates} == {("6.1", "latestReleaseDate")}
    assert found.proposals == ()


@pytest.mark.parametrize("version", ["2028", "2028.0", "2028.1", "2028.12"])
def test_versions_of_the_calendar_match_their_year(version):
    assert ("2028", "latest", version) in changes(*seen(version))
    assert ("2028", "releaseDate", "2028-01-05") in changes(*seen(version))


def test_a_pre_release_is_no_version():
    assert changes(*seen("6.2.2rc1", "2028a1", "6.3.dev1")) == set()
    assert refreshed(*seen("2029a1")).proposals == ()


def test_a_withdrawn_version_lowers_the_latest():
    assert ("6.2", "latest", "6.2.0") in changes(*seen("6.2.0", "6.2.1", withdrawn=("6.2.1",)))


def test_a_source_that_knows_less_does_not_lower_the_latest_but_that_is_told():
    assert refreshed(*seen("6.2.0", "6.1.9")).doubts == ("6.2: the page says 6.2.1, which no source has",)
    assert refreshed(*seen("6.2.1", "6.1.9")).doubts == ()
    assert not [one for one in changes(*seen("6.2.0")) if one[:2] == ("6.2", "latest")]


@pytest.mark.parametrize(("version", "cycle"), [("6.3.1", "6.3"), ("2029.1", "2029"), ("2030.0", "2030")])
def test_a_new_release_is_proposed_and_never_written(version, cycle):
    found = refreshed(*seen(version))
    assert [(one.cycle, one.version) for one in found.proposals] == [(cycle, version)]
    assert found.updates == ()


def test_an_old_release_the_page_leaves_out_is_not_proposed():
    assert refreshed(*seen("5.2.9", "1.0")).proposals == ()


def test_edits_keep_comments_quotes_order_and_the_body():
    text = apply(PAGE, refreshed(*seen("6.2.2")).updates)
    assert text == PAGE.replace("latest: '6.2.1'  # keep", 'latest: "6.2.2"  # keep').replace(
        "2027-05-04", "2028-01-05"
    )


def test_a_missing_key_is_added_below_the_latest_with_its_indent():
    text = apply(PAGE, refreshed(*seen("6.1.9", "2028.1")).updates)
    assert '  - latest: "6.1.9"\n    latestReleaseDate: 2028-01-05\n    releaseCycle: "6.1"\n' in text
    read = read_page(text, "django.md")
    assert not read.problems
    assert read.product is not None
    newest = read.product.releases[0]
    assert (newest.release_date, newest.latest, newest.latest_release_date) == ("2028-01-05", "2028.1", "2028-01-05")


@pytest.mark.parametrize(
    ("tag", "method", "version"),
    [
        ("v4.2.1", {}, "4.2.1"),
        ("4.2", {}, "4.2"),
        ("1.2.3.4", {}, "1.2.3.4"),
        ("REL_15_4", {"regex": r"^REL_(?P<major>\d+)_(?P<minor>\d+)$"}, "15.4"),
        ("REL9_6_24", {"regex": [r"^no$", r"^REL(?P<major>\d+)_(?P<minor>\d+)_(?P<patch>\d+)$"]}, "9.6.24"),
        ("mysql-8.4.1", {"regex": r"^mysql-(?P<v>[\d.]+)$", "template": "{{v}}"}, "8.4.1"),
        ("r1-2", {"regex": r"^r(?P<a>\d)-(?P<b>\d)$", "template": "{{a}}.{{b}}"}, "1.2"),
    ],
)
def test_tags_become_versions_as_the_page_says(tag, method, version):
    assert [one.version for one in versions_of_tags([(tag, DAY)], {"git": "x", **method})] == [version]


@pytest.mark.parametrize(
    ("tag", "method"),
    [("nightly", {}), ("4.2rc1", {}), ("v4.2.1", {"regex_exclude": r"^v4\.2\.1$"}), ("4.2", {"regex": "(((("})],
)
def test_other_tags_are_none(tag, method):
    assert list(versions_of_tags([(tag, DAY)], {"git": "x", **method})) == []


def test_the_days_a_page_declares_go_before_those_of_the_index(tmp_path, simple_index):
    declared = '    - declare: django\n      releases:\n        - name: "6.2.2"\n          date: 2027-06-01\n'
    page = tmp_path / "django.md"
    page.write_text(PAGE.replace("    - pypi: Django\n", "    - pypi: Django\n" + declared))
    found = refresh_file(page, simple_index, git=False, note=print)
    assert found is not None
    assert "latestReleaseDate: 2027-06-01" in found.after


@pytest.fixture
def simple_index(tmp_path):
    """A real index on the loopback: 6.2.2 with a withdrawn wheel and a good sdist, 6.2.3 withdrawn, 6.2.4 without files."""
    folder = tmp_path / "simple" / "django"
    folder.mkdir(parents=True)
    files = [
        ("Django-6.2.1.tar.gz", "2027-05-04", ""),
        ("Django-6.2.2-py3-none-any.whl", "2027-06-02", ' data-yanked="bad"'),
        ("Django-6.2.2.tar.gz", "2027-06-03", ""),
        ("Django-6.2.3.tar.gz", "2027-07-06", ' data-yanked=""'),
        ("Django-6.2.5rc1.tar.gz", "2027-07-07", ""),
        ("Django-2029.0.tar.gz", "2029-01-03", ""),
    ]
    links = "".join(
        f'<a href="{name}" data-upload-time="{day}T10:00:00Z"{more}>{name}</a>\n' for name, day, more in files
    )
    (folder / "index.html").write_text(links)
    handler = functools.partial(Quiet, directory=str(tmp_path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Index([f"http://127.0.0.1:{server.server_address[1]}/simple/"], cache=tmp_path / "cache")
        server.shutdown()


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format, *args):  # noqa: A002  # the name is the base class's
        pass


def test_the_index_tells_what_is_out(tmp_path, simple_index):
    page = tmp_path / "django.md"
    page.write_text(PAGE)
    found = refresh_file(page, simple_index, git=False, note=print)
    assert found is not None
    assert {(one.cycle, one.key, one.new) for one in found.refreshed.updates} == {
        ("6.2", "latest", "6.2.2"),
        ("6.2", "latestReleaseDate", "2027-06-02"),
    }
    assert [one.cycle for one in found.refreshed.proposals] == ["2029"]
    assert page.read_text() == PAGE
    assert found.stale


def test_the_days_of_release_notes_go_before_those_of_the_index(tmp_path, simple_index):
    notes = {
        "docs/releases/6.2.2.txt": "=====\nx\n=====\n\n*June 1, 2027*\n",
        "docs/releases/6.2.9.txt": "*July 1, 2027*\n",
    }
    with tarfile.open(tmp_path / "simple" / "django" / "Django-6.2.2.tar.gz", "w:gz") as archive:
        for name, text in notes.items():
            member = tarfile.TarInfo(f"Django-6.2.2/{name}")
            member.size = len(text)
            archive.addfile(member, io.BytesIO(text.encode()))
    index = simple_index
    listing = tmp_path / "simple" / "django" / "index.html"
    listing.write_text("".join(line for line in listing.read_text().splitlines(True) if "2029" not in line))
    page = tmp_path / "django.md"
    page.write_text(PAGE.replace("    - pypi: Django\n", "    - pypi: Django\n    - release_notes: Django\n"))
    found = refresh_file(page, index, git=False, note=print)
    assert found is not None
    assert ("6.2", "latestReleaseDate", "2027-06-01") in {
        (one.cycle, one.key, one.new) for one in found.refreshed.updates
    }
    assert "6.2.9" not in found.after


@pytest.fixture
def asked_index(tmp_path):
    """An index that answers with a tag, and as if two hours ago for "old", and the conditions it was asked with."""
    conditions: list[str | None] = []
    before = dt.datetime.now(dt.UTC) - dt.timedelta(hours=2)

    class Tagging(Quiet):
        def do_GET(self):
            conditions.append(self.headers["If-None-Match"])
            known = self.headers["If-None-Match"] == '"one"'
            name = self.path.strip("/").split("/")[-1]
            body = b"" if known else f'<a href="{name}-6.2.2.tar.gz">{name}-6.2.2.tar.gz</a>'.encode()
            self.send_response_only(304 if known else 200)
            self.send_header(
                "Date", email.utils.format_datetime(before, usegmt=True) if name == "old" else self.date_time_string()
            )
            self.send_header("ETag", '"one"')
            self.send_header("Cache-Control", "max-age=600")
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Tagging) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/simple/", conditions
        server.shutdown()


@pytest.mark.parametrize(("name", "expected"), [("new", [None]), ("old", [None, '"one"', '"one"'])])
def test_what_is_fresh_is_not_asked_for_again_and_what_is_not_only_on_condition(tmp_path, asked_index, name, expected):
    address, conditions = asked_index
    versions = [[one.version for one in of_index(Index([address], cache=tmp_path / "cache"), name)] for _ in range(3)]
    assert versions == [["6.2.2"]] * 3
    assert conditions == expected


def run(*words: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(refresh, [*map(str, words)], standalone_mode=False)
    if result.exception:
        raise result.exception
    return result.return_value or 0, result.stdout


def test_the_command_shows_a_diff_writes_the_page_and_check_only_tells(tmp_path, simple_index, monkeypatch):
    monkeypatch.setenv("UV_DEFAULT_INDEX", simple_index.urls[0])
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    page = tmp_path / "django.md"
    page.write_text(PAGE.replace('releaseCycle: "2028"', 'releaseCycle: "2029"'))
    before = page.read_text()
    code, told = run("--check", page)
    assert (code, page.read_text()) == (1, before)
    assert '+    latest: "6.2.2"  # keep\n' in told
    assert run(page) == (0, told)
    assert "6.2.2" in page.read_text()
    assert [path.name for path in tmp_path.glob("*.md*")] == ["django.md"]
    assert run("--check", page) == (0, "")


def test_a_page_that_lacks_a_release_is_not_current(tmp_path, simple_index, monkeypatch):
    monkeypatch.setenv("UV_DEFAULT_INDEX", simple_index.urls[0])
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    page = tmp_path / "django.md"
    page.write_text(PAGE)
    run(page)
    code, told = run("--check", page)
    assert (code, told) == (1, f"{page}: release 2029 is missing; 2029.0 is out since 2029-01-03\n")


@pytest.mark.slow
@pytest.mark.network
def test_the_real_index_tells_of_a_release_that_gets_no_more_patches(tmp_path):
    current = (Path(djup.__file__).parent / "data" / "products" / "django.md").read_text(encoding="utf-8")
    older = current.replace(
        '"4.2.30"\n    latestReleaseDate: 2026-04-07', '"4.2.29"\n    latestReleaseDate: 2026-03-03'
    )
    assert older != current
    page = tmp_path / "django.md"
    page.write_text(older)
    run(page)
    product = read_page(page.read_text(), "django.md").product
    release = product.find("4.2") if product else None
    assert release is not None
    assert (release.latest, release.latest_release_date) == ("4.2.30", "2026-04-07")


def test_a_page_without_a_source_is_left_alone(tmp_path, simple_index):
    page = tmp_path / "x.md"
    notes: list[str] = []
    page.write_text(PAGE.replace("    - pypi: Django\n", "    - custom: thing\n"))
    assert refresh_file(page, simple_index, git=True, note=notes.append) is None
    assert notes == [f"{page}: nothing to ask"]


def test_tags_of_a_real_remote(tmp_path):
    repository = tmp_path / "remote"
    own = ["git", "-C", str(repository), "-c", "user.name=t", "-c", "user.email=t@example.org"]
    subprocess.run(["git", "init", "-q", str(repository)], check=True)
    when = {
        "GIT_COMMITTER_DATE": "2027-05-04T12:00:00Z",
        "GIT_AUTHOR_DATE": "2027-05-04T12:00:00Z",
        "PATH": "/usr/bin:/bin",
    }
    subprocess.run([*own, "commit", "-q", "--allow-empty", "-m", "x"], check=True, env=when)
    subprocess.run([*own, "tag", "6.2.1"], check=True, env=when)
    assert tags_of(Path(repository).as_uri()) == [("6.2.1", dt.date(2027, 5, 4))]


def test_git_remotes_are_asked_only_where_allowed(tmp_path, simple_index):
    page = tmp_path / "x.md"
    notes: list[str] = []
    page.write_text(PAGE.replace("- pypi: Django", f"- git: file://{tmp_path}/nowhere.git"))
    assert refresh_file(page, simple_index, git=False, note=notes.append) is None
    assert len(notes) == 1
    refresh_file(page, simple_index, git=True, note=notes.append)
    assert "could not be read" in notes[1]
