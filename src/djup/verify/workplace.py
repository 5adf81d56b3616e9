"""Where and how project code is run: the checkout, the environment's Python, variables, and limits."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from djup.model import Record, TestCommand
from djup.process import Network, Ran, contained, environment, run

PROBES = Path(__file__).parent.parent / "probes"


class Workplace(Record):
    """Everything a probe needs to run. ``root`` is the project's checkout, ``logs`` a folder for logs and results.

    ``pythonpath`` holds absolute folders; ``timeout`` is in seconds.
    """

    root: Path
    python: Path
    logs: Path
    tests: TestCommand | None
    settings: str | None = None
    pythonpath: tuple[Path, ...] = ()
    environment: Mapping[str, str] = {}
    network: Network = "none"
    timeout: float = 3600


def run_probe(
    place: Workplace,
    probe: str,
    arguments: Sequence[str | Path],
    *,
    cwd: Path,
    extra: Mapping[str, str] | None = None,
    watch: Callable[[Path], None] | None = None,
) -> tuple[Ran, Path]:
    """Run a probe in the project's Python and return it with the folder its results are in (made anew)."""
    out = place.logs / f"{probe}.out"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    path = os.pathsep.join(map(str, (PROBES, *place.pythonpath)))
    variables = {
        **place.environment,
        **(extra or {}),
        "DJUP_PROBE_OUT": str(out),
        "PYTHONPATH": path,
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUNBUFFERED": "1",
        "PYTHONHASHSEED": "0",
        "PATH": f"{place.python.parent}{os.pathsep}{os.environ.get('PATH', '')}",
        "VIRTUAL_ENV": str(place.python.parent.parent),
    }
    if place.settings:
        variables["DJANGO_SETTINGS_MODULE"] = place.settings
    # Short, as names of sockets lie in it; its own, as tests of other runs may hold locks in theirs.
    with tempfile.TemporaryDirectory(prefix="djup-", ignore_cleanup_errors=True) as temporary:
        ran = run(
            contained([place.python, PROBES / f"{probe}.py", *arguments], network=place.network),
            cwd=cwd,
            env=environment({"TMPDIR": temporary, **variables}),
            log=place.logs / f"{probe}.log",
            timeout=place.timeout,
            watch=(lambda: watch(out)) if watch else None,
        )
    return ran, out


def read_lines(file: Path) -> list[dict[str, Any]]:
    """The JSON lines of a result file; a last line cut short by a kill is left out, as is a missing file."""
    if not file.exists():
        return []
    records = []
    for line in file.read_text(encoding="utf-8", errors="replace").splitlines():
        try:
            records.append(json.loads(line))
        except ValueError:
            continue
    return records
