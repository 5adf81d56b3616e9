"""A project whose names and texts try to act on a terminal, through every command that needs no environment."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pytest
from rich.console import Console

from djup.cli.boundary import guarded
from djup.cli.program import program
from djup.model import Commit, Hop, StepResult, Stop
from djup.report.terminal import LineReporter
from tests.report.hostile import COMMANDS, EVERYTHING, raw

ESCAPE = "\x1b[2J\x1b]0;owned\x07"
NAMES = ("a\x1b[2J.py", "new\nline.py", "::error::x.py", "b\u202eyp.py", "<img src=x>.html", "[x](javascript:1).py")
OLD = (
    "from django.utils.encoding import force_text\nfrom django.conf.urls import url\nforce_text(1)\n"
    "urlpatterns = [url(r'^(?P<a>x)?$', None)]\n"
)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = tmp_path / f"shop{ESCAPE}"
    (root / "app").mkdir(parents=True)
    (root / "manage.py").write_text('import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "conf")\n')
    (root / "conf.py").write_text(f"SECRET_KEY = 'x'\nINSTALLED_APPS = ['app', {ESCAPE!r}]\n")
    (root / "requirements.txt").write_text(f"Django==2.2.28  # {ESCAPE}\npytz  # ::error::x\n")
    (root / ".python-version").write_text("3.8\n")
    for name in NAMES:
        (root / "app" / name).write_text("{% load staticfiles %}\n" if name.endswith("html") else OLD)
    (root / "app" / f"broken{ESCAPE}.py").write_text("from django.utils.encoding import force_text\ndef (:\n")
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    return root


@pytest.mark.parametrize("form", ["text", "json", "markdown", "html"])
@pytest.mark.parametrize(
    "words",
    [
        ["status"],
        ["plan", "--to", "4.0"],
        ["upgrade", "--dry-run", "--to", "4.0"],
        ["check", "--as-of", "2026-11-21"],
        ["guide", "4.0"],
        ["fix", "--from", "2.2", "--to", "4.0", "--statistics"],
        ["fix", "--from", "2.2", "--to", "4.0", "--list"],
        ["fix", "--from", "2.2", "--to", "4.0", "--check"],
        ["report"],
        ["explain", ESCAPE],
        ["changes", "list", "--release", ESCAPE],
        ["lifecycle", "validate"],
    ],
    ids=" ".join,
)
def test_nothing_of_it_acts(site: Path, capfd, words, form):
    where = [] if words[0] in ("explain", "changes") else [str(site)]
    assert guarded(program, [*words, *where, "--format", form]) != 70
    out, err = capfd.readouterr()
    assert raw(out) == []
    assert raw(err) == []
    assert not COMMANDS.search(out if form == "text" else "")
    assert not COMMANDS.search(err)
    assert "<img" not in out or form in ("text", "json")


@pytest.mark.parametrize("form", ["sarif", "github", "gitlab", "csv", "ics"])
def test_no_format_for_other_tools_carries_it_on(site: Path, capfd, form):
    words = ["check", str(site)] if form in ("csv", "ics") else ["fix", "--from", "2.2", "--statistics", str(site)]
    assert guarded(program, [*words, "--format", form]) in (0, 1)
    assert raw(capfd.readouterr().out.replace("\r\n", "\n")) == []


@pytest.mark.parametrize(
    "words", [["nosuch\x1b[2J"], ["plan", "--to", ESCAPE], ["plan", f"/no/such{ESCAPE}"], ["fix", f"/no{ESCAPE}"]]
)
def test_no_error_repeats_it(capfd, words):
    assert guarded(program, words) == 2
    assert raw(capfd.readouterr().err) == []


def test_no_unreadable_line_is_repeated_as_it_is(site: Path, capfd):
    (site / "requirements.txt").write_text(f"Django==2.2.28\nodd{ESCAPE}\n")
    assert guarded(program, ["status", str(site)]) == 2
    err = capfd.readouterr().err
    assert r"odd\x1b[2J" in err
    assert raw(err) == []


def test_progress_shows_it_as_text():
    out = io.StringIO()
    reporter = LineReporter(Console(file=out, width=200, force_terminal=False))
    stop = Stop(django="4.2.30", python=(3, 12))
    hop = Hop(number=1, kind="patch", start=stop, end=stop, why="")
    reporter.hop_started(hop)
    reporter.note(EVERYTHING)
    reporter.note("::error::x")
    reporter.committed(Commit(hash="0" * 40, subject=EVERYTHING))
    reporter.step_ended(hop, StepResult(hop=1, step="check", status="blocked", seconds=1, head="", message=EVERYTHING))
    assert raw(out.getvalue()) == []
    assert not COMMANDS.search(out.getvalue())
