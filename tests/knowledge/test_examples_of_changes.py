"""Every change shows by examples what its fixer rewrites and what it leaves alone; here they are run."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from djup.facts.files import is_python
from djup.facts.project import Facts, facts_of
from djup.fixers.engine.check import check_text
from djup.fixers.engine.session import Session
from djup.fixers.engine.text import find_text, fix_text
from djup.knowledge.changes import Change, Example
from djup.knowledge.needles import matcher, told
from djup.knowledge.package_changes import every_change
from tests.knowledge.examples import examples_of, kept_examples

CASES = [
    pytest.param(change, example, id=f"{change.id}-{number}")
    for change in every_change()
    for number, example in enumerate(examples_of(change))
]


def facts_for(example: Example, text: str) -> Facts:
    files = {example.path: text, **example.files}
    return facts_of(
        ((PurePosixPath(path), body.encode()) for path, body in files.items() if not path.endswith(".html")),
        [PurePosixPath(example.path)] if "settings" in example.path else [],
    )


def _is_pinned(change: Change, text: bytes) -> bool:
    """A value pinned in settings stays a finding until a person takes the new default."""
    return change.pin is not None and change.pin.comment.encode() in text


@pytest.mark.parametrize(("change", "example"), CASES)
def test_the_fixer_does_what_the_example_says(change: Change, example: Example) -> None:
    text = example.before or example.unchanged
    facts, path = facts_for(example, text), PurePosixPath(example.path)
    fixed = fix_text(text.encode(), path, [change], facts)
    assert fixed.text.decode() == (example.after if example.before else example.unchanged)
    assert bool(fixed.findings) == (example.finding or _is_pinned(change, fixed.text))
    assert bool(fixed.edits) == bool(example.before)
    assert fix_text(fixed.text, path, [change], facts).text == fixed.text
    if change.fixable:
        assert check_text(text.encode(), path, [change], facts, Session()).changes == bool(example.before)


@pytest.mark.parametrize(("change", "example"), [one for one in CASES if one.values[1].before])  # type: ignore[union-attr]  # values of our own params
def test_what_is_rewritten_is_found_before_and_passes_its_own_needles(change: Change, example: Example) -> None:
    data, path = example.before.encode(), PurePosixPath(example.path)
    facts = facts_for(example, example.before)
    hits = matcher([change], python=is_python(path)).hits(data) | told([change], facts).hits(data)
    assert change.pin or 0 in hits
    assert any(one.fixable for one in find_text(data, path, [change], facts))


@pytest.mark.parametrize(
    "change", [pytest.param(one, id=one.id) for one in every_change() if one.fixable and not one.seen.drift]
)
def test_a_change_with_a_fixer_shows_what_changes_and_what_does_not(change: Change) -> None:
    assert any(one.before for one in examples_of(change))
    assert any(one.unchanged for one in examples_of(change))


def test_every_file_of_examples_is_of_a_change() -> None:
    assert set(kept_examples()) <= {change.id for change in every_change()}
