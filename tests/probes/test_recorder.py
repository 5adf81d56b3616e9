"""The recorder by itself: what is warned of is written with whom to blame, and nothing else changes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from djup.verify.workplace import PROBES

DJANGO = {
    "site-packages/django/__init__.py": "",
    "site-packages/django/apps.py": "import warnings\n\n\ndef load(name):\n    __import__(name)\n"
    "    warnings.warn(\"'%s' defines default_app_config\" % name, DeprecationWarning, stacklevel=2)\n",
    "site-packages/straight/__init__.py": "import warnings\n\n\ndef quiet():\n    warnings.warn('quiet', DeprecationWarning)\n\n\n"
    "def inner():\n    warnings.warn('inner', DeprecationWarning, stacklevel=2)\n\n\ndef outer():\n    inner()\n",
    "shop/__init__.py": "",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for path, text in DJANGO.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    return tmp_path


def recorded(site: Path, code: str, *options: str) -> list[tuple[str, str]]:
    """The text and the blamed file of each warning that a script raises, in order."""
    (site / "out").mkdir(exist_ok=True)
    (site / "script.py").write_text(code)
    path = os.pathsep.join(map(str, (PROBES, site, site / "site-packages")))
    env = {**os.environ, "DJUP_PROBE_OUT": str(site / "out"), "PYTHONPATH": path}
    subprocess.run([sys.executable, *options, "script.py"], cwd=site, env=env, check=True, capture_output=True)
    lines = [json.loads(line) for file in (site / "out").glob("*.jsonl") for line in file.read_text().splitlines()]
    return [(one["text"], Path(one["path"]).relative_to(site).as_posix()) for one in lines]


def test_own_code_that_calls_a_quiet_package_is_to_blame(site: Path):
    assert recorded(site, "import straight\nstraight.quiet()\n") == [("quiet", "script.py")]


def test_a_package_that_calls_itself_is_to_blame(site: Path):
    assert recorded(site, "import straight\nstraight.outer()\n") == [("inner", "site-packages/straight/__init__.py")]


@pytest.mark.parametrize(("name", "file"), [("shop", "shop/__init__.py"), ("straight", "site-packages/straight/__init__.py")])  # fmt: skip
def test_a_module_that_the_text_names_is_to_blame_where_no_code_is(site: Path, name: str, file: str):
    code = f"import django.apps, threading\nt = threading.Thread(target=django.apps.load, args=({name!r},))\nt.start()\nt.join()\n"
    assert recorded(site, code) == [(f"'{name}' defines default_app_config", file)]


def test_what_is_ignored_is_recorded_and_what_is_an_error_is_raised(site: Path):
    code = "import warnings\nwarnings.warn('a')\ntry:\n    warnings.warn('b', FutureWarning)\nexcept FutureWarning:\n    pass\nelse:\n    raise SystemExit(1)\n"
    found = recorded(site, code, "-W", "error::FutureWarning", "-W", "ignore::UserWarning")
    assert [text for text, _ in found] == ["a", "b"]


def test_what_c_code_warns_of_is_recorded_with_its_caller(site: Path):
    code = "import warnings\nwarnings.simplefilter('ignore')\nclass X:\n    def __index__(self):\n        return True\nint(X())\n"
    ((text, path),) = recorded(site, code)
    assert ("__index__" in text, path) == (True, "script.py")


def test_the_list_of_filters_still_is_one(site: Path):
    code = """\
import pickle, warnings
before = list(warnings.filters)
with warnings.catch_warnings():
    warnings.resetwarnings()
    warnings.simplefilter("always")
    assert len(warnings.filters) == 2, warnings.filters
    del warnings.filters[:]
    assert len(warnings.filters) == 1
assert list(warnings.filters) == before
assert pickle.loads(pickle.dumps(warnings.filters)) == before[1:]
"""
    assert recorded(site, code) == []


def test_a_forked_child_counts_for_itself(site: Path):
    code = "import os, warnings\nfor n in range(3):\n    warnings.warn('a')\nif not os.fork():\n    warnings.warn('a')\n    os._exit(0)\nos.wait()\n"
    recorded(site, code)
    last = [json.loads(file.read_text().splitlines()[-1]) for file in (site / "out").glob("warnings-*.jsonl")]
    assert sorted((one["line"], one["count"]) for one in last) == [(3, 2), (5, 1)], "a count is written as it doubles"


def test_a_program_that_closes_all_its_files_is_recorded_still_and_keeps_its_own(site: Path):
    code = """\
import os, warnings
warnings.warn("a")
os.closerange(3, 1000)
with open("kept.txt", "w") as kept:
    warnings.warn("b")
    kept.write("kept")
"""
    assert [text for text, _ in recorded(site, code)] == ["a", "b"]
    assert (site / "kept.txt").read_text() == "kept"
