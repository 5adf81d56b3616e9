"""Which lines of the project run while its tests, or a smoke suite, do: coverage.py as a tool beside the project."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from djup.model import Record, from_json
from djup.verify.workplace import PROBES, Workplace, run_probe

NOT_MEASURED = (
    "migrations/*", "south_migrations/*", "tests/*", "test/*", "tests.py", "test_*.py", "conftest.py",
    "site-packages/*", "node_modules/*", "setup.py", "manage.py", "runtests.py", "docs/*", ".tox/*",
)  # fmt: skip
"""What is no behaviour of the site, at any depth of the project: tests themselves, history, packaging."""


class Lines(Record):
    """The lines of a file that ran and the statements that did not, counted from 1."""

    ran: tuple[int, ...]
    missed: tuple[int, ...]


class Coverage(Record):
    """The lines of every own file, by its path in the project; ``reason`` says why there are none."""

    files: Mapping[str, Lines] = {}
    reason: str = ""

    @property
    def statements(self) -> int:
        """All statements."""
        return sum(len(lines.ran) + len(lines.missed) for lines in self.files.values())

    @property
    def ran(self) -> int:
        """The statements that ran."""
        return sum(len(lines.ran) for lines in self.files.values())

    @property
    def percent(self) -> float:
        """The share of statements that ran, 0 to 100; 0 where there are none."""
        return 100 * self.ran / self.statements if self.statements else 0.0


def joined(*several: Coverage | None) -> Coverage:
    """What ran in any of several measurements of the same code."""
    ran: dict[str, set[int]] = {}
    known: dict[str, set[int]] = {}
    for coverage in several:
        for path, lines in coverage.files.items() if coverage else ():
            ran.setdefault(path, set()).update(lines.ran)
            known.setdefault(path, set()).update(lines.ran, lines.missed)
    return Coverage(
        files={
            path: Lines(ran=tuple(sorted(ran[path])), missed=tuple(sorted(known[path] - ran[path])))
            for path in sorted(known)
        },
        reason="; ".join(coverage.reason for coverage in several if coverage and coverage.reason and not known),
    )


def write_rc(place: Workplace, folder: Path, *, parallel: bool, only: Sequence[str] = ()) -> Path:
    """Write coverage.py's configuration for a run; ``only`` are paths in the project to measure, by default all."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    kept = [f"include = {_listed(str(place.root / path) for path in only)}"] if only else [f"source = {place.root}"]
    lines = [
        "[run]",
        f"data_file = {folder / 'coverage'}",
        f"parallel = {parallel}",
        *(["concurrency = thread, multiprocessing"] if parallel else []),
        # Before coverage.py 7 two stars are as one, which stands for at least one folder here.
        f"omit = {_listed(f'{place.root}/{deep}{name}' for name in NOT_MEASURED for deep in ('', '**/'))}",
        "disable_warnings = no-data-collected, module-not-measured, module-not-imported",
        *kept,
    ]
    file = folder / "coverage.rc"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def _listed(values: Iterable[str]) -> str:
    return "\n" + textwrap.indent("\n".join(values), "    ")


def measured(place: Workplace, overlay: Path, only: Sequence[str] = ()) -> Workplace:
    """The workplace in which every Python that starts measures the lines it runs; read them with :func:`lines_ran`."""
    rc = write_rc(place, place.logs / "lines", parallel=True, only=only)
    tests = place.tests
    if tests is not None and tests.runner == "pytest" and _has_pytest_cov(place):
        # A second measurement inside would pause this one.
        tests = msgspec.structs.replace(tests, argv=(*tests.argv, "--no-cov"))
    return msgspec.structs.replace(
        place,
        tests=tests,
        pythonpath=(PROBES / "cover_site", *place.pythonpath),
        environment={**place.environment, "COVERAGE_PROCESS_START": str(rc), "DJUP_COVERAGE": str(overlay)},
    )


def _has_pytest_cov(place: Workplace) -> bool:
    return any(place.python.parent.parent.glob("lib/python*/site-packages/pytest_cov"))


def lines_ran(place: Workplace, overlay: Path) -> Coverage:
    """What a measured run left behind."""
    rc = place.logs / "lines" / "coverage.rc"
    ran, out = run_probe(place, "cover_report", [rc, place.root, overlay], cwd=place.root)
    file = out / "coverage.json"
    if not ran.ok or not file.exists():
        return Coverage(reason=f"no lines were measured: {ran.tail(1)}")
    return Coverage(files=from_json(file.read_bytes(), dict[str, Lines]))
