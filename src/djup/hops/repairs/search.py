"""What may mend a red hop: deterministic, bounded, and decided from records alone.

Each search is one way to a repair. They are asked in the order of :data:`SEARCHES`; the first that finds anything is
tried, since what it mends may be all that the others would look at.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping

from djup.environments.builds import PKG_RESOURCES
from djup.hops.causes import causes_of
from djup.hops.context import RunContext
from djup.hops.evidence import ENVIRONMENT, REPAIRS, RESOLUTION
from djup.hops.repairs.migration import known_drift
from djup.hops.repairs.record import repairs_of
from djup.hops.repairs.repair import Repair
from djup.hops.rewriting import can_rewrite
from djup.hops.verdict import Verdict
from djup.knowledge.changes import Change
from djup.knowledge.package_changes import every_change
from djup.model import Hop
from djup.packages.floors import known_packages
from djup.verify.compare import Worse
from djup.verify.diagnosis import Cause
from djup.verify.failures import frames_of, last_line
from djup.verify.owners import Owners

NOT_PACKAGES = frozenset({"", "own", "django", "python"})
MODULE = re.compile(r"No module named '([\w.]+)'")
SOME_MODULE = re.compile(r"No module named '?([\w.]+)")
"""As Python 2 says it too."""
SETUPTOOLS = re.compile(r"No module named '(?:pkg_resources|distutils|setuptools)")


@dataclasses.dataclass(frozen=True, kw_only=True)
class RepairContext:
    """What a search may look at.

    ``tried`` are the repairs so far. ``pins`` are the versions of this attempt and ``before`` those of the stop before,
    by normalised name; ``owners`` and ``owners_before`` tell whose code a file is in the environments of both.
    ``causes`` are what explains the failures, ``skipped`` the ids of changes the user left out, and ``can_rewrite``
    tells whether a change would rewrite anything in the code as it is.
    """

    hop: Hop
    tried: tuple[Repair, ...] = ()
    pins: Mapping[str, str] = dataclasses.field(default_factory=dict)
    before: Mapping[str, str] = dataclasses.field(default_factory=dict)
    owners: Owners
    owners_before: Owners | None = None
    causes: tuple[Cause, ...] = ()
    skipped: tuple[str, ...] = ()
    can_rewrite: Callable[[Change], bool]

    def was_added(self, name: str) -> bool:
        """Whether a package was tried as an addition already."""
        return any(repair.package == name and repair.add for repair in self.tried)


Search = Callable[[RepairContext, Verdict], tuple[Repair, ...]]


def find_repairs(context: RunContext, hop: Hop, verdict: Verdict) -> tuple[Repair, ...]:
    """Return the next repairs and put them on record; none when nothing known would help."""
    built = context.ledger.kept(hop.number, ENVIRONMENT)
    if built is None:
        return ()  # the environment itself failed: nothing of it can tell what is at fault
    tried = repairs_of(context, hop)
    now, first = (context.ledger.kept(number, RESOLUTION) for number in (hop.number, hop.number - 1))
    built_before = context.ledger.kept(hop.number - 1, ENVIRONMENT)
    around = RepairContext(
        hop=hop,
        tried=tried,
        pins=now.pins if now else {},
        before=first.pins if first else {},
        owners=Owners(context.root, built.python),
        owners_before=Owners(context.root, built_before.python) if built_before else None,
        causes=causes_of(context, hop, verdict),
        skipped=context.run.config.skip,
        can_rewrite=lambda change: can_rewrite(context, [change]),
    )
    repairs = search_repairs(around, verdict)
    if repairs:
        context.ledger.keep(hop.number, REPAIRS, (*tried, *repairs))
    return repairs


def search_repairs(around: RepairContext, verdict: Verdict) -> tuple[Repair, ...]:
    """The repairs of the first search that finds any."""
    return next((repairs for search in SEARCHES if (repairs := search(around, verdict))), ())


def _migrations(around: RepairContext, verdict: Verdict) -> tuple[Repair, ...]:
    """What the new release asks for itself, once per app; drift of the project's own making is left to a person."""
    found = [known_drift(around.hop, worse) for worse in verdict.worse]
    return tuple(repair for repair in found if repair is not None and repair not in around.tried)


def _setuptools(around: RepairContext, verdict: Verdict) -> tuple[Repair, ...]:
    """Python 3.12 brings no setuptools; what imports pkg_resources or distutils must require it."""
    if "setuptools" in around.pins or any(repair.package == PKG_RESOURCES for repair in around.tried):
        return ()
    for worse in verdict.worse:
        if SETUPTOOLS.search(worse.message + worse.trace):
            why = f"{worse.subject} imports pkg_resources or distutils, which Python 3.12 no longer brings"
            return (Repair(package=PKG_RESOURCES, why=why, add=True),)
    return ()


def _split_off(around: RepairContext, verdict: Verdict) -> tuple[Repair, ...]:
    """What Django had itself once, and rewritten code imports from a package of its own."""
    homes = {module: name for name, package in known_packages().items() for module in package.modules}
    found: dict[str, Repair] = {}
    for worse in verdict.worse:
        for module in SOME_MODULE.findall(worse.message + worse.trace):
            name = homes.get(module.split(".")[0], "")
            if name and name not in around.pins and not around.was_added(name):
                why = f"{worse.subject} imports {module}, which Django has no longer itself"
                found.setdefault(name, Repair(package=name, why=why, add=True))
    return tuple(found.values())


def _no_longer_required(around: RepairContext, verdict: Verdict) -> tuple[Repair, ...]:
    """What the stop before had, as another package required it then, and something imports still."""
    if around.owners_before is None:
        return ()
    found: dict[str, Repair] = {}
    for worse in verdict.worse:
        for module in MODULE.findall(worse.message + worse.trace):
            name = around.owners_before.provider(module)
            if name and name not in around.pins and not around.was_added(name):
                why = f"{worse.subject} imports {module}, and no package that is left requires it"
                found.setdefault(name, Repair(package=name, why=why, add=True))
    return tuple(found.values())


def _rewritings(around: RepairContext, _verdict: Verdict) -> tuple[Repair, ...]:
    """The change that explains most, where a fixer still has something to do about it, also a pin of a setting."""
    done = {repair.change for repair in around.tried if repair.rewrite}
    for cause in around.causes:
        if cause.kind != "change" or cause.subject in done or cause.subject in around.skipped:
            continue
        known = next((change for change in every_change() if change.id == cause.subject), None)
        if known is not None and known.fixable and around.can_rewrite(known):
            why = f"{len(cause.failures)} failures: {cause.message}"
            return (Repair(package="", why=why, change=known.id, rewrite=True),)
    return ()


def _too_old(around: RepairContext, verdict: Verdict) -> tuple[Repair, ...]:
    """The packages whose code the failures come from, each once per version it had; the innermost not tried yet."""
    done = {(repair.package, repair.version) for repair in around.tried}
    blamed: dict[str, str] = {}
    for worse in verdict.worse:
        names = [name for name in _packages_in(worse, around.owners) if name in around.pins]
        untried = [name for name in names if (name, around.pins[name]) not in done]
        if untried:
            blamed.setdefault(untried[0], last_line(worse.message))
    return tuple(
        Repair(package=name, why=f"{around.pins[name]} fails: {message}", version=around.pins[name])
        for name, message in blamed.items()
    )


def _too_new(around: RepairContext, verdict: Verdict) -> tuple[Repair, ...]:
    """One package at a time that this hop moved and failures come from: it is put back where nothing newer helped."""
    done = {repair.package for repair in around.tried if repair.hold}
    for worse in verdict.worse:
        for name in _packages_in(worse, around.owners):
            old, now = around.before.get(name), around.pins.get(name)
            if old and now and name not in done and now != old:
                why = f"{now} fails: {last_line(worse.message)}; {old} is kept"
                return (Repair(package=name, why=why, version=old, hold=True),)
    return ()


def _packages_in(worse: Worse, owners: Owners) -> list[str]:
    """The packages that may be at fault: the sweep's own finding, then those of the traceback, innermost first."""
    frames = [owners.of(frame.file) for frame in reversed(frames_of(worse.trace))]
    return [name for name in dict.fromkeys([worse.owner, *frames]) if name not in NOT_PACKAGES]


# What is surely asked for comes before what may help; to raise a package comes before putting one back, as an upgrade
# goes forward.
SEARCHES: tuple[Search, ...] = (
    _migrations,
    _setuptools,
    _split_off,
    _no_longer_required,
    _rewritings,
    _too_old,
    _too_new,
)
