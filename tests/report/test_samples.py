"""Pages as people read them: each record of samples/ gives the text beside it, at 80 columns.

The texts were read by eye. After a change that is meant, ``DJUP_REWRITE_SAMPLES=1 pytest tests/report/test_samples.py``
writes them anew: read the difference before it is committed.
"""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console

from djup.model import from_json
from djup.report.forms import html, markdown, text
from tests.report.filling import PAGES
from tests.report.forms.test_hostile_texts import tags

SAMPLES = Path(__file__).parent / "samples"
RECORDS = sorted(SAMPLES.glob("*.json"))
KINDS = {
    "changes": "changes list",
    "stats": "changes stats",
    "lifecycle": "lifecycle validate",
    "warnings-compare": "warnings compare",
    **{file.stem: "upgrade" for file in RECORDS if file.stem.startswith("upgrade-")},
}
"""The page of a sample whose name is not the page's."""

each_sample = pytest.mark.parametrize("file", RECORDS, ids=lambda file: file.stem)


def sample(file: Path):
    """The record of a file and its document."""
    kind, document = PAGES[KINDS.get(file.stem, file.stem)]
    page = from_json(file.read_bytes(), kind)
    return page, document(page)


def test_every_page_has_a_sample():
    assert {KINDS.get(file.stem, file.stem) for file in RECORDS} == set(PAGES)


@each_sample
def test_a_page_reads_as_it_was_read_by_eye(file):
    _, document = sample(file)
    shown = text.drawn(document, Console(width=80, file=io.StringIO(), force_terminal=False))
    expected = file.with_suffix(".txt")
    if os.environ.get("DJUP_REWRITE_SAMPLES"):
        expected.write_text(shown, encoding="utf-8")
    assert shown == expected.read_text(encoding="utf-8")


@each_sample
def test_lines_fit_but_for_what_has_no_blanks(file):
    wide = [line for line in file.with_suffix(".txt").read_text(encoding="utf-8").splitlines() if cell_len(line) > 80]
    assert not [line for line in wide if " " in line.strip().removeprefix("- ") and "git log" not in line]


@each_sample
def test_other_forms_hold_all_that_the_text_holds(file):
    page, document = sample(file)
    assert tags(html.render(page, document)).seen >= {"h1", "main", "title"}
    lines = file.with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    words = {word.strip("`.") for row in lines if not row.startswith(("  all ", "  … and")) for word in row.split()}
    held = " ".join(markdown.render(page, document).replace("\\", "").replace("`", " ").split())
    missing = [word for word in words if word.strip("()[],:;") not in held]
    assert not [word for word in missing if not word.isdigit()]  # text numbers lists itself
