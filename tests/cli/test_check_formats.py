"""What ``djup check`` hands to other tools, held against what those tools ask for."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

import pytest
from click.testing import CliRunner

from djup.cli.check import check
from djup.lifecycle.gate import RULES, findings, parse_conditions
from djup.lifecycle.judgement import Checkup
from djup.model import Finding, Place, from_json
from djup.report.forms import github, gitlab, sarif

TOWN = Path(__file__).parent.parent / "projects" / "townlibrary"
EVERYTHING = "eol,security,unsupported,unknown,within:9999d"


def run(*words: str | Path) -> str:
    return CliRunner().invoke(check, [*map(str, words), "--as-of", "2026-11-21"], standalone_mode=False).stdout


@pytest.fixture
def stack(tmp_path):
    path = tmp_path / "my stack, 1.toml"
    path.write_text('django = "4.2.7"\npython = "3.12"\npostgresql = "11.1"\npillow = "99.0"\nwagtail = "7.4.1"\n')
    return path


def test_sarif_names_each_rule_once_and_each_result_has_its_rule_and_place(stack):
    log = json.loads(run("--stack", stack, "--format", "sarif", "--fail-on", EVERYTHING))
    (one,) = log["runs"]
    rules = {rule["id"]: rule["shortDescription"]["text"] for rule in one["tool"]["driver"]["rules"]}
    assert (log["version"], one["tool"]["driver"]["name"]) == ("2.1.0", "djup")
    assert len(rules) == len(one["tool"]["driver"]["rules"])
    assert rules == {name: RULES[name] for name in rules}
    assert {result["ruleId"] for result in one["results"]} == set(rules) == set(RULES)
    for result in one["results"]:
        place = result["locations"][0]["physicalLocation"]
        assert result["level"] in {"error", "warning", "note"}
        assert result["message"]["text"]
        assert " " not in place["artifactLocation"]["uri"]
        assert unquote(place["artifactLocation"]["uri"]) == str(stack)
        assert place["region"]["startLine"] >= 1


def test_gitlab_gets_every_finding_under_a_fingerprint_of_its_own(stack):
    report = json.loads(run("--stack", stack, "--format", "gitlab", "--fail-on", EVERYTHING))
    expected = json.loads(run("--stack", stack, "--format", "json", "--fail-on", EVERYTHING))["findings"]
    assert len({one["fingerprint"] for one in report}) == len(report) == len(expected) > 4
    for one in report:
        assert set(one) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert one["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert one["location"]["lines"]["begin"] >= 1


def test_a_fingerprint_stays_the_same_from_day_to_day():
    first, second = (
        {
            one["fingerprint"]
            for one in json.loads(CliRunner().invoke(check, [str(TOWN), "--as-of", day, "--format", "gitlab"]).stdout)
        }
        for day in ("2026-11-20", "2026-11-21")
    )
    assert first == second


def test_github_gets_one_escaped_command_a_line(stack):
    text = run("--stack", stack, "--format", "github", "--fail-on", EVERYTHING)
    command = re.compile(r"::(error|warning|notice) file=[^,:\n]+,line=\d+,col=\d+,title=lifecycle/[a-z-]+::\S.*")
    assert text.splitlines()
    assert all(command.fullmatch(line) for line in text.splitlines())


def test_what_a_finding_says_cannot_start_another_command():
    bad = Finding(
        change="x", summary="one\n::error::two, 100%", severity="must", place=Place(path=PurePosixPath("a,b:c%"))
    )
    assert github.render([bad]) == "::error file=a%2Cb%3Ac%25,line=0,col=0,title=x::one%0A::error::two, 100%25.\n"


def test_nothing_to_tell_is_still_a_report():
    assert json.loads(sarif.render([]))["runs"][0]["results"] == []
    assert json.loads(gitlab.render([])) == []
    assert github.render([]) == ""


def test_csv_has_a_row_for_each_thing_in_use_and_no_formula(stack):
    rows = list(csv.DictReader(io.StringIO(run("--stack", stack, "--format", "csv"))))
    assert [row["product"] for row in rows] == ["django", "python", "postgresql", "pillow", "wagtail"]
    assert rows[0]["issues"].split()[-1].startswith("CVE-")
    assert rows[1]["conflicts"] == "Django 4.2.7 supports Python 3.8, 3.9, 3.10, 3.11, not 3.12"
    assert not [cell for row in rows for cell in row.values() if cell[:1] in "=+@" and cell]


def test_json_reads_back_as_the_record_it_is(stack):
    page = json.loads(run("--stack", stack, "--format", "json"))
    checkup = from_json(json.dumps(page["checkup"]).encode(), Checkup)
    assert page["verdict"] == "findings"
    assert len(findings(checkup, parse_conditions(["eol,security,unsupported"]))) == len(page["findings"])


def test_markdown_has_a_table():
    assert run(TOWN, "--format", "markdown").startswith("## townlibrary on 2026-11-21\n\n| what | version |")
