"""What may mend a red hop: the package at fault is raised, or one that is missing is added. Deterministic, bounded."""

from __future__ import annotations

import re

from packaging.utils import canonicalize_name

from djup.hops.judge import Verdict, last_line
from djup.hops.repairs import Repair, repairs_of
from djup.hops.work import Work
from djup.model import Hop
from djup.packages.resolve import Resolution
from djup.verify.compare import Worse

NOT_PACKAGES = frozenset({"", "own", "django", "python"})
FRAME = re.compile(r'File "([^"]+/(?:site|dist)-packages/([^/"]+)[^"]*)", line \d+')
SETUPTOOLS = re.compile(r"No module named '(?:pkg_resources|distutils|setuptools)")
SETUPTOOLS_LINE = "setuptools<81"
"""setuptools 82 dropped pkg_resources."""


def find_repairs(work: Work, hop: Hop, verdict: Verdict) -> tuple[Repair, ...]:
    """Return the next repairs and put them on record; none when nothing known would help."""
    pins = _pins(work, hop)
    tried = repairs_of(work, hop)
    repairs = _missing(verdict, pins, tried) or _too_old(verdict, pins, tried)
    if repairs:
        work.ledger.keep(hop.number, "repairs", (*tried, *repairs))
    return repairs


def _pins(work: Work, hop: Hop) -> dict[str, str]:
    kept = work.ledger.kept(hop.number, "resolution", Resolution)
    return dict(kept.pins) if kept else {}


def _missing(verdict: Verdict, pins: dict[str, str], tried: tuple[Repair, ...]) -> tuple[Repair, ...]:
    """Python 3.12 brings no setuptools; what imports pkg_resources or distutils must require it."""
    if "setuptools" in pins or any(repair.package == SETUPTOOLS_LINE for repair in tried):
        return ()
    for worse in verdict.worse:
        if SETUPTOOLS.search(worse.message + worse.trace):
            why = f"{worse.subject} imports pkg_resources or distutils, which Python 3.12 no longer brings"
            return (Repair(package=SETUPTOOLS_LINE, why=why, add=True),)
    return ()


def _too_old(verdict: Verdict, pins: dict[str, str], tried: tuple[Repair, ...]) -> tuple[Repair, ...]:
    """The packages whose code the failures come from, each once per version it had."""
    blamed: dict[str, str] = {}
    for worse in verdict.worse:
        owner = _owner(worse, pins)
        if owner in pins:
            blamed.setdefault(owner, last_line(worse.message))
    done = {(repair.package, repair.version) for repair in tried}
    return tuple(
        Repair(package=name, why=f"{pins[name]} fails: {message}", version=pins[name])
        for name, message in blamed.items()
        if (name, pins[name]) not in done
    )


def _owner(worse: Worse, pins: dict[str, str]) -> str:
    """The package at fault: the sweep's own finding, else the innermost frame of the traceback in a known package."""
    if worse.owner not in NOT_PACKAGES:
        return worse.owner
    tops = {name.replace("-", "_"): name for name in pins}
    for _, top in reversed(FRAME.findall(worse.trace)):
        name = _distribution(top, tops)
        if name and name != "django":
            return name
    return ""


def _distribution(top: str, tops: dict[str, str]) -> str:
    """The pinned distribution a top-level package belongs to, by its usual names."""
    bare = top.removesuffix(".py")
    for guess in (
        bare,
        f"django_{bare}",
        f"{bare}framework",
        f"django{bare}",
        bare.replace("rest_framework", "djangorestframework"),
    ):
        if guess in tops:
            return tops[guess]
    return canonicalize_name(bare) if canonicalize_name(bare) in tops.values() else ""
