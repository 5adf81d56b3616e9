"""One djup at a time per repository."""

from __future__ import annotations

from pathlib import Path

import pytest

from djup.errors import UsageError
from djup.hops.lock import only_run


def test_a_second_run_is_refused_and_told_who_holds_it(tmp_path: Path):
    with only_run(tmp_path), pytest.raises(UsageError, match=r"another djup \(process \d+\)"), only_run(tmp_path):
        pass


def test_the_lock_is_free_again_afterwards(tmp_path: Path):
    for _ in range(2):
        with only_run(tmp_path):
            pass


def test_a_file_left_by_a_killed_run_does_not_lock(tmp_path: Path):
    (tmp_path / "djup").mkdir()
    (tmp_path / "djup" / "lock").write_text("12345")
    with only_run(tmp_path):
        pass
