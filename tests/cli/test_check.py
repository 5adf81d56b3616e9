"""``djup check`` as a user and a CI job call it."""

from __future__ import annotations

import json
from pathlib import Path

import icalendar
import pytest
from click.testing import CliRunner

from djup.cli.boundary import guarded
from djup.cli.check import check

PROJECTS = Path(__file__).parent.parent / "projects"
TOWN, SHOP = PROJECTS / "townlibrary", PROJECTS / "cornershop"


def run(*words: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(check, [*map(str, words)], standalone_mode=False)
    if result.exception:
        raise result.exception
    return result.return_value or 0, result.stdout


def findings(*words: str | Path) -> set[tuple[str, str]]:
    _, out = run(*words, "--format", "json")
    return {
        (one["change"].removeprefix("lifecycle/"), one["summary"].split(" is ")[0])
        for one in json.loads(out)["findings"]
    }


@pytest.fixture
def stack(tmp_path):
    def write(text: str) -> Path:
        path: Path = tmp_path / "stack.toml"
        path.write_text(text)
        return path

    return write


@pytest.mark.parametrize(
    ("day", "condition", "code"),
    [
        ("2019-11-01", "eol", 0),
        ("2019-11-01", "security", 0),
        ("2022-04-11", "eol", 1),
        ("2023-01-01", "eol", 1),
        ("2026-11-21", "eol", 1),
    ],
)
def test_the_bundled_project_on_a_day(day, condition, code):
    assert run(TOWN, "--as-of", day, "--fail-on", condition)[0] == code


@pytest.mark.parametrize("day", ["2023-01-01", "2026-11-21"])
@pytest.mark.parametrize(
    ("words", "code"),
    [((), 1), (("--fail-on", "eol"), 1), (("--fail-on", "security"), 1), (("--fail-on", "unsupported"), 0)],
)
def test_a_bundled_project_that_names_no_version_passes_no_gate_that_asks_for_one(day, words, code):
    assert run(SHOP, "--as-of", day, *words)[0] == code
    assert json.loads(run(SHOP, "--as-of", day, *words, "--format", "json")[1])["verdict"] != "ok"


def test_today_is_the_day_where_none_is_given():
    assert run(TOWN)[0] == run(SHOP)[0] == 1


def test_the_first_missed_security_release_is_that_of_the_day_it_was_disclosed():
    assert run(TOWN, "--as-of", "2019-12-01", "--fail-on", "security")[0] == 0
    assert run(TOWN, "--as-of", "2019-12-02", "--fail-on", "security")[0] == 1


def test_what_is_out_of_support_on_the_first_of_2023_and_today():
    assert findings(TOWN, "--as-of", "2023-01-01", "--fail-on", "eol") == {
        ("eol", "Django 2.2.5"),
        ("eol", "Django REST framework 3.10.3"),
        ("eol", "django-filter 2.2.0"),
    }
    assert ("eol", "Python 3.7") in findings(TOWN, "--as-of", "2026-11-21", "--fail-on", "eol")


@pytest.mark.parametrize(
    ("day", "within", "code"),
    [
        ("2027-10-01", "30d", 0),
        ("2027-11-30", "30d", 0),
        ("2027-12-01", "30d", 1),
        ("2027-12-31", "0d", 1),
        ("2028-05-01", "0d", 1),
    ],
)
def test_a_gate_ahead_of_the_end(stack, day, within, code):
    path = stack('django = "6.1.3"\npython = "3.14"\n')
    assert run("--stack", path, "--as-of", day, "--fail-on", f"within:{within}")[0] == code


def test_a_supported_stack_passes_and_says_ok(stack):
    code, out = run(
        "--stack",
        stack('django = "6.1.3"\npython = "3.13"\npostgresql = "17.2"\n'),
        "--as-of",
        "2026-11-21",
        "--format",
        "json",
    )
    assert (code, json.loads(out)["verdict"]) == (0, "ok")


@pytest.mark.parametrize(
    ("text", "conflict"),
    [
        ('django = "4.2.7"\npython = "3.12"\n', "Django 4.2.7 supports Python 3.8, 3.9, 3.10, 3.11, not 3.12"),
        ('django = "5.2.19"\npython = "3.9"\n', "Django 5.2.19 supports Python 3.10, 3.11, 3.12, 3.13, 3.14, not 3.9"),
        ('django = "6.1.3"\npostgresql = "14.2"\n', "Django 6.1.3 needs PostgreSQL 15 or newer, not 14.2"),
        ('django = "4.2.7"\npsycopg = "3.1.7"\n', "Django 4.2.7 needs Psycopg 3.1.8 or newer, not 3.1.7"),
        ('django = "1.11.29"\nmysql = "8.0"\n', "Django 1.11.29 takes MySQL up to 5.7, not 8.0"),
        ('django = "5.2.19"\noracledb = "26.1.0"\n', "Django 5.2.19 takes python-oracledb up to 4.0.2, not 26.1.0"),
    ],
)
def test_a_combination_django_does_not_support(stack, text, conflict):
    code, out = run("--stack", stack(text), "--fail-on", "unsupported", "--format", "json")
    assert code == 1
    assert [one["summary"] for one in json.loads(out)["findings"]] == [conflict]


@pytest.mark.parametrize(
    "text",
    [
        'django = "4.2.8"\npython = "3.12"\n',
        'django = "4.2.7"\npsycopg = "3.1.8"\n',
        'django = "1.11.29"\nmysql = "5.7.44"\n',
        'django = "6.1.3"\npostgresql = "15"\n',
        'python = "3.9"\npostgresql = "9.6"\n',
    ],
)
def test_a_combination_django_supports(stack, text):
    assert run("--stack", stack(text), "--fail-on", "unsupported")[0] == 0


def test_unknown_is_never_ok(stack):
    path = stack('django = "9.9"\npython = "3.13"\n')
    assert run("--stack", path, "--fail-on", "eol")[0] == 1
    _, out = run("--stack", stack('python = "3.13"\npillow = "99.1"\n'), "--as-of", "2026-11-21", "--format", "json")
    page = json.loads(out)
    assert page["verdict"] == "unknown"
    assert run("--stack", stack('python = "3.13"\npillow = "99.1"\n'), "--fail-on", "unknown")[0] == 1


def test_an_unquoted_version_in_a_stack_is_refused(stack):
    assert guarded(check, ["--stack", str(stack("django = 4.10\n"))]) == 2


@pytest.mark.parametrize("words", [["--fail-on", "foo"], ["--as-of", "yesterday"], ["--fail-on", "within:90"]])
def test_what_cannot_be_meant_is_a_usage_error(words):
    assert guarded(check, [str(TOWN), *words]) == 2


def test_the_calendar_of_a_project_has_the_uids_of_every_other():
    (made,) = icalendar.Calendar.from_ical(run(TOWN, "--format", "ics")[1].encode(), multiple=True)
    uids = {str(event["uid"]) for event in made.walk("VEVENT")}
    assert {"django-2.2-eol@lifecycle.djup", "python-3.7-eol@lifecycle.djup"} <= uids


def test_pages_of_a_team_count_too(stack, tmp_path):
    page = '---\ntitle: Ours\ncategory: app\npermalink: /ours\nreleases:\n  - releaseCycle: "1"\n    eol: 2020-01-01\n---\n'
    (tmp_path / "ours.md").write_text(page)
    assert run("--stack", stack('ours = "1.2"\n'), "--pages", tmp_path / "ours.md", "--fail-on", "eol")[0] == 1
