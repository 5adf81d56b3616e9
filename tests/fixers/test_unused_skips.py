"""A comment that keeps a change away is told of when there is nothing left for it to keep away."""

from __future__ import annotations

from pathlib import Path

import pytest

from djup.tasks.fix import Order, rewrite

IMPORT = "from django.utils.encoding import force_text"


def unused(root: Path, text: str, start: tuple[int, int] = (2, 2), target: tuple[int, int] = (5, 2)) -> list[str]:
    (root / "code.py").write_text(text)
    return [f"{one.line} {one.change}" for one in rewrite([root], Order(start=start, target=target)).unused]


@pytest.mark.parametrize("name", ["4.0/force-text", "force-text"])
def test_a_comment_that_keeps_a_change_away_is_used(tmp_path, name):
    assert unused(tmp_path, f"{IMPORT}  # djup: skip={name}\n\nx = force_text(1)\n") == []


def test_one_beside_code_that_needs_no_change_is_not(tmp_path):
    assert unused(tmp_path, "x = 1\ny = 2  # djup: skip=4.0/force-text\n") == ["2 4.0/force-text"]


def test_of_several_in_one_comment_only_those_without_a_place_are_told(tmp_path):
    assert unused(tmp_path, f"{IMPORT}  # djup: skip=4.0/force-text, 5.0/pytz\nx = force_text(1)\n") == ["1 5.0/pytz"]


def test_a_name_that_is_no_change_is_told(tmp_path):
    assert unused(tmp_path, f"{IMPORT}  # djup: skip=4.0/forced-text\n") == ["1 4.0/forced-text"]


def test_a_comment_for_releases_that_are_not_asked_for_is_not_judged(tmp_path):
    assert unused(tmp_path, "y = 2  # djup: skip=6.0/check-constraint\n", (2, 2), (3, 2)) == []


def test_a_place_that_is_only_found_makes_a_comment_used(tmp_path):
    text = "from django.core.cache import cache\n\nvalue = cache.get(item.pk){}\n"
    assert unused(tmp_path, text.format("  # djup: skip=2.2/cache-keys"), (2, 1), (2, 2)) == []


def test_a_whole_file_that_is_skipped_without_need_is_told(tmp_path):
    assert unused(tmp_path, "# djup: skip-file\nx = 1\n") == ["1 *"]
    assert unused(tmp_path, f"# djup: skip-file\n{IMPORT}\nx = force_text(1)\n") == []
