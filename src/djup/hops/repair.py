"""What may mend a red hop, tried in this order; deterministic and bounded.

A migration that Django asks for; a package that is missing; the rewriting or the pinned setting of the change that
explains the failures; the package at fault, raised; one that this hop moved, put back.
"""

from __future__ import annotations

import re

from djup.environments.builds import PKG_RESOURCES
from djup.hops.diagnosing import causes_of
from djup.hops.judge import Verdict
from djup.hops.migrating import known_drift
from djup.hops.place import Built
from djup.hops.repairs import Repair, repairs_of
from djup.hops.rewriting import can_rewrite
from djup.hops.work import Work
from djup.knowledge.package_changes import every_change
from djup.model import Hop
from djup.packages.floors import known_packages
from djup.packages.resolve import Resolution
from djup.verify.compare import Worse
from djup.verify.failures import frames_of, last_line
from djup.verify.owners import Owners

NOT_PACKAGES = frozenset({"", "own", "django", "python"})
MODULE = re.compile(r"No module named '([\w.]+)'")
SOME_MODULE = re.compile(r"No module named '?([\w.]+)")
"""As Python 2 says it too."""
SETUPTOOLS = re.compile(r"No module named '(?:pkg_resources|distutils|setuptools)")


def find_repairs(work: Work, hop: Hop, verdict: Verdict) -> tuple[Repair, ...]:
    """Return the next repairs and put them on record; none when nothing known would help."""
    pins = _pins(work, hop)
    tried = repairs_of(work, hop)
    built = work.ledger.kept(hop.number, "environment", Built)
    if built is None:
        return ()
    owners = Owners(work.root, built.python)
    first = work.ledger.kept(hop.number - 1, "resolution", Resolution)
    repairs = (
        _migrations(hop, verdict, tried)
        or _missing(verdict, pins, tried)
        or _split_off(verdict, pins, tried)
        or _gone(work, hop, verdict, pins, tried)
        or _rewritings(work, hop, verdict, tried)
        or _too_old(verdict, pins, tried, owners)
        or _too_new(verdict, dict(first.pins) if first else {}, pins, tried, owners)
    )
    if repairs:
        work.ledger.keep(hop.number, "repairs", (*tried, *repairs))
    return repairs


def _pins(work: Work, hop: Hop) -> dict[str, str]:
    kept = work.ledger.kept(hop.number, "resolution", Resolution)
    return dict(kept.pins) if kept else {}


def _migrations(hop: Hop, verdict: Verdict, tried: tuple[Repair, ...]) -> tuple[Repair, ...]:
    """What the new release asks for itself, once per app; drift of the project's own making is left to a person."""
    found = [known_drift(hop, worse) for worse in verdict.worse]
    return tuple(one for one in found if one is not None and one not in tried)


def _missing(verdict: Verdict, pins: dict[str, str], tried: tuple[Repair, ...]) -> tuple[Repair, ...]:
    """Python 3.12 brings no setuptools; what imports pkg_resources or distutils must require it."""
    if "setuptools" in pins or any(repair.package == PKG_RESOURCES for repair in tried):
        return ()
    for worse in verdict.worse:
        if SETUPTOOLS.search(worse.message + worse.trace):
            why = f"{worse.subject} imports pkg_resources or distutils, which Python 3.12 no longer brings"
            return (Repair(package=PKG_RESOURCES, why=why, add=True),)
    return ()


def _split_off(verdict: Verdict, pins: dict[str, str], tried: tuple[Repair, ...]) -> tuple[Repair, ...]:
    """What Django had itself once, and rewritten code imports from a package of its own."""
    homes = {module: name for name, package in known_packages().items() for module in package.modules}
    found: dict[str, Repair] = {}
    for worse in verdict.worse:
        for module in SOME_MODULE.findall(worse.message + worse.trace):
            name = homes.get(module.split(".")[0], "")
            if name and name not in pins and not any(one.package == name and one.add for one in tried):
                why = f"{worse.subject} imports {module}, which Django has no longer itself"
                found.setdefault(name, Repair(package=name, why=why, add=True))
    return tuple(found.values())


def _gone(
    work: Work, hop: Hop, verdict: Verdict, pins: dict[str, str], tried: tuple[Repair, ...]
) -> tuple[Repair, ...]:
    """What the stop before had, as another package required it then, and something imports still."""
    built = work.ledger.kept(hop.number - 1, "environment", Built)
    before = Owners(work.root, built.python) if built else None
    found: dict[str, Repair] = {}
    for worse in verdict.worse:
        for module in MODULE.findall(worse.message + worse.trace) if before else ():
            name = before.provider(module) if before else ""
            if name and name not in pins and not any(one.package == name and one.add for one in tried):
                why = f"{worse.subject} imports {module}, and no package that is left requires it"
                found.setdefault(name, Repair(package=name, why=why, add=True))
    return tuple(found.values())


def _rewritings(work: Work, hop: Hop, verdict: Verdict, tried: tuple[Repair, ...]) -> tuple[Repair, ...]:
    """The change that explains most, where a fixer still has something to do about it, also a pin of a setting."""
    done = {repair.change for repair in tried if repair.rewrite}
    for cause in causes_of(work, hop, verdict):
        if cause.kind != "change" or cause.subject in done or cause.subject in work.run.config.skip:
            continue
        known = next((one for one in every_change() if one.id == cause.subject), None)
        if known is not None and known.fixable and can_rewrite(work, [known]):
            why = f"{len(cause.failures)} failures: {cause.message}"
            return (Repair(package="", why=why, change=known.id, rewrite=True),)
    return ()


def _too_old(verdict: Verdict, pins: dict[str, str], tried: tuple[Repair, ...], owners: Owners) -> tuple[Repair, ...]:
    """The packages whose code the failures come from, each once per version it had; the innermost not tried yet."""
    done = {(repair.package, repair.version) for repair in tried}
    blamed: dict[str, str] = {}
    for worse in verdict.worse:
        open_ones = [name for name in _owners(worse, owners) if name in pins and (name, pins[name]) not in done]
        if open_ones:
            blamed.setdefault(open_ones[0], last_line(worse.message))
    return tuple(
        Repair(package=name, why=f"{pins[name]} fails: {message}", version=pins[name])
        for name, message in blamed.items()
    )


def _too_new(
    verdict: Verdict, before: dict[str, str], pins: dict[str, str], tried: tuple[Repair, ...], owners: Owners
) -> tuple[Repair, ...]:
    """One package at a time that this hop moved and failures come from: it is put back where nothing newer helped."""
    done = {repair.package for repair in tried if repair.hold}
    for worse in verdict.worse:
        for name in _owners(worse, owners):
            old = before.get(name)
            if old and name not in done and pins.get(name, old) != old:
                why = f"{pins[name]} fails: {last_line(worse.message)}; {old} is kept"
                return (Repair(package=name, why=why, version=old, hold=True),)
    return ()


def _owners(worse: Worse, owners: Owners) -> list[str]:
    """The packages that may be at fault: the sweep's own finding, then those of the traceback, innermost first."""
    frames = [owners.of(frame.file) for frame in reversed(frames_of(worse.trace))]
    return [name for name in dict.fromkeys([worse.owner, *frames]) if name not in NOT_PACKAGES]
