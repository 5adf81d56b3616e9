"""The page of lifecycles says what is so: its example is without fault, its phases and addresses are the real ones."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import get_args

from djup.lifecycle.gate import parse_conditions
from djup.lifecycle.pages import read_page
from djup.lifecycle.rules import validate
from djup.lifecycle.site.openapi import PATHS
from djup.lifecycle.status import Phase

TEXT = (Path(__file__).parent.parent.parent / "docs" / "lifecycle.md").read_text(encoding="utf-8")


def test_the_example_of_a_page_is_without_fault():
    (example,) = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)
    assert validate(read_page(example, "our-framework.md"), dt.date(2026, 11, 21)) == ()


def test_every_phase_is_explained_and_no_other():
    table = TEXT.split("## Phases")[1].split("## ")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == set(get_args(Phase))


def test_every_condition_can_be_given():
    table = TEXT.split("## Check a project")[1].split("## ")[0]
    words = re.findall(r"^\| `([\w:]+)` \|", table, re.MULTILINE)
    assert len(parse_conditions(words)) == len(words) == 5


def test_the_addresses_are_described():
    named = {path for path in re.findall(r"`(/(?:api|badge)/[^`…]+)`", TEXT) if "{" in path or path.endswith(".json")}
    assert named - set(PATHS) == set()
