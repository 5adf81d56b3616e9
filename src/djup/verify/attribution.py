"""What a warning means: the change it announces, and the release and day from which the old way is gone. Pure."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence

from djup.knowledge.changes import Change, all_changes
from djup.knowledge.package_changes import package_changes
from djup.knowledge.support import load_support
from djup.lifecycle.catalogue import load_catalogue
from djup.model import Record, Release, WarningSeen, parse_release, release_text

REMOVED_IN = re.compile(r"^RemovedIn(?P<product>[A-Za-z]+?)_?(?P<digits>\d+)(?:Pending)?Warning$")
NEXT_VERSION = frozenset({"RemovedInNextVersionWarning", "DeprecationWarning"})
AFTER_NEXT = frozenset({"PendingDeprecationWarning", "RemovedAfterNextVersionWarning"})
PYTHON_RELEASE = re.compile(
    r"(?:remov|drop|disallow|illegal|stop working)[^.]*? Python (?P<release>\d\.\d+)", re.IGNORECASE
)

CALENDAR: Mapping[str, str] = {"70": "2028"}
"""RemovedInDjango70Warning is what RemovedInDjango2028Warning was called before there was a calendar."""

CATEGORIES_UNTIL: Release = (1, 6)
"""Up to here Django warned with Python's own categories: DeprecationWarning for what the next release removes,
PendingDeprecationWarning for what the one after it does (docs/internals/release-process.txt of Django 1.6)."""


SHORTEST = 6
"""Letters of a name that is looked for in a text."""


LAST_OF_OLD_CATEGORIES: Release = (1, 8)
"""The release that removed the last of what was announced so."""


class Deadline(Record):
    """The first release of a product that no longer takes the old way.

    ``day`` is when it came or comes (YYYY-MM-DD, or YYYY-MM where only the month is known), ``""`` if nobody knows.
    """

    product: str
    release: str
    day: str = ""

    def __str__(self) -> str:
        return f"{self.product} {self.release}" + (f" ({self.day})" if self.day else "")


def change_of(warning: WarningSeen) -> Change | None:
    """The change that a warning announces, by its text; of several that fit the most telling one."""
    if warning.issuer in package_changes():
        return _best(warning, package_changes()[warning.issuer])
    if warning.issuer == "django" or _named(warning) == "Django":
        return _best(warning, all_changes())
    return None


def _best(warning: WarningSeen, changes: Sequence[Change]) -> Change | None:
    fitting = [
        change for change in changes if change.seen.warning and _pattern(change.seen.warning).search(warning.text)
    ]
    digits = _digits(warning)
    if not fitting and digits:
        return _best_by_name(warning, [change for change in changes if change.removed.replace(".", "") == digits])
    if not fitting and warning.issuer == "django" and _name(warning) in (*NEXT_VERSION, *AFTER_NEXT):
        return _best_by_name(warning, [change for change in changes if change.release <= LAST_OF_OLD_CATEGORIES])
    return max(
        fitting, key=lambda change: (change.removed.replace(".", "") == digits, len(change.seen.warning)), default=None
    )


def _best_by_name(warning: WarningSeen, changes: Sequence[Change]) -> Change | None:
    """The change whose longest name the text holds as a word: texts vary within one change, names do not."""
    words = set(re.findall(r"[\w.]+\w", warning.text))
    held = [(max(map(len, found)), change) for change in changes if (found := words & names_of(change))]
    return max(held, key=lambda pair: pair[0])[1] if held else None


def names_of(change: Change) -> frozenset[str]:
    """The names that a change is about, as a text would spell them; short ones could be anything."""
    templates = change.templates
    names = [*change.moved, *(old.rpartition(".")[2] for old in change.moved), *change.seen.names]
    names += [*templates.libraries, *templates.tags, *templates.filters, *change.commands]
    names += [setting.name for setting in change.settings]
    names += [method.old for method in change.methods] + [option.old for option in change.options]
    names += [keyword.call.rpartition(".")[2] for keyword in change.keywords]
    names += [argument.call.rpartition(".")[2] for argument in change.positional]
    return frozenset(name for name in names if len(name) >= SHORTEST)


@functools.cache
def _pattern(text: str) -> re.Pattern[str]:
    """A warning's text as Django's source has it: ``%s`` stands for anything."""
    return re.compile(re.escape(text).replace("%s", ".*"))


def deadline_of(warning: WarningSeen, change: Change | None, at: Release) -> Deadline | None:
    """When the old way is gone, for a project on a release of Django; None where neither text nor category tells."""
    if change is not None and "-" not in change.id.partition("/")[0]:
        return _django(change.removed)
    name = _name(warning)
    named = REMOVED_IN.match(name)
    if named and named["product"] == "Django":
        return _django(_release_of(named["digits"]))
    if named:
        return Deadline(product=_distribution(warning), release=_release_of(named["digits"]))
    if warning.issuer == "django" and (at <= CATEGORIES_UNTIL or name.startswith("Removed")):
        steps = 1 if name in NEXT_VERSION else 2 if name in AFTER_NEXT else 0
        return _django_after(at, steps) if steps else None
    text = PYTHON_RELEASE.search(warning.text) if warning.issuer == "python" else None
    return Deadline(product="Python", release=text["release"], day=_day("python", text["release"])) if text else None


def _name(warning: WarningSeen) -> str:
    return warning.category.rpartition(".")[2]


def _named(warning: WarningSeen) -> str:
    match = REMOVED_IN.match(_name(warning))
    return match["product"] if match else ""


def _digits(warning: WarningSeen) -> str:
    match = REMOVED_IN.match(_name(warning))
    return CALENDAR.get(match["digits"], match["digits"]) if match else ""


def _release_of(digits: str) -> str:
    """``52`` is 5.2, ``110`` is 1.10 for Django and 11.0 for nobody yet, ``317`` is 3.17, ``2028`` a year."""
    if digits in CALENDAR:
        return CALENDAR[digits]
    calendar = len(digits) == len("2028") and digits.startswith("20")
    return digits if calendar or len(digits) == 1 else f"{digits[0]}.{digits[1:]}"


def _distribution(warning: WarningSeen) -> str:
    """The name of a third-party product: that of who warned, else of the module that defines the category."""
    return warning.issuer if warning.issuer not in ("own", "python") else warning.category.partition(".")[0]


def _django(release: str) -> Deadline:
    row = load_support().rows.get(parse_release(release))
    return Deadline(product="Django", release=release, day=row.released if row else _day("django", release))


def _django_after(at: Release, steps: int) -> Deadline | None:
    later = [release for release in django_releases() if release > at]
    return _django(release_text(later[steps - 1])) if len(later) >= steps else None


@functools.cache
def django_releases() -> tuple[Release, ...]:
    """Every release of Django that is out or announced, oldest first."""
    product = load_catalogue().get("django")
    announced = [parse_release(release.release_cycle) for release in product.releases] if product else []
    return tuple(sorted({*announced, *load_support().releases}))


def _day(product: str, release: str) -> str:
    found = load_catalogue().get(product)
    entry = found.find(release) if found else None
    return str(entry.release_date or "") if entry else ""
