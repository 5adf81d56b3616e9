"""Whether a log of tests tells that the run came to its end."""

from __future__ import annotations

import pytest

from djup.verify.tests import ENDINGS


@pytest.mark.parametrize(
    ("line", "ended"),
    [
        ("Ran 12 tests in 0.1s", True),
        ("OK (skipped=1)", True),
        ("FAILED (failures=2)", True),
        ("===== 3 passed, 1 warning in 0.52s =====", True),
        ("==== 2 failed, 3 passed in 61.20s (0:01:01) ====", True),
        ("===== no tests ran in 0.01s =====", True),
        ("============================== 1 warning in 0.08s ==============================", True),
        ("=========== 1 passed in 0.12 seconds ===========", True),
        ("=========================== warnings summary ===========================", False),
        ("===== test session starts =====", False),
        ("Segmentation fault", False),
    ],
)
def test_a_run_that_ended_says_so_in_a_line_of_its_own(line: str, ended: bool):
    assert bool(ENDINGS.search(f"collected 0 items\n\n{line}\n")) is ended
