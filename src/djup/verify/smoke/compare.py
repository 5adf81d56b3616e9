"""What a site does otherwise than at the baseline, with the release note that explains it or a severity. Pure."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import unquote_plus

from djup.model import Record, Release, Severity
from djup.verify.smoke.explain import Rule, Shown, explanation_of
from djup.verify.smoke.pages import changes_of
from djup.verify.smoke.records import Difference, Facts, Observation, Smoke

NOT_ALLOWED = "405"
"""The status of an answer to a method that a view does not take."""

SHOWN = 6
"""Changes of one page a message names."""


class Sighting(Record):
    """One aspect in which an observation differs, before it is explained.

    ``before`` and ``after`` are what rules are held against.
    """

    aspect: str
    message: str
    severity: Severity
    before: str = ""
    after: str = ""
    rule: Rule | None = None
    trace: str = ""


@dataclasses.dataclass(frozen=True)
class Pair:
    """A fact of an observation before and now, with the facts around it."""

    subject: str
    name: str
    old: Facts
    new: Facts
    crossed: Sequence[Release]

    @property
    def before(self) -> Any:  # a fact is any JSON value
        """The fact at the baseline."""
        return self.old[self.name]

    @property
    def now(self) -> Any:  # a fact is any JSON value
        """The fact now."""
        return self.new[self.name]


def compare_smoke(before: Smoke, now: Smoke, crossed: Sequence[Release]) -> tuple[Difference, ...]:
    """Return the differences, the gravest first; equal ones on several pages are one.

    ``crossed`` are the Django releases between the two runs, whose notes may explain. What two runs of the baseline
    gave differently is left out.
    """
    after = {(observation.kind, observation.subject): observation for observation in now.observations}
    unstable = set(before.unstable)
    grouped: dict[tuple[str, str, Severity], list[tuple[str, Sighting]]] = {}
    for earlier in before.observations:
        for seen in _of_observation(earlier, after.get((earlier.kind, earlier.subject)), unstable, crossed):
            grouped.setdefault((seen.aspect, seen.message, seen.severity), []).append((earlier.subject, seen))
    found = [_difference([subject for subject, _ in group], group[0][1]) for group in grouped.values()]
    order = {"must": 0, "should": 1, "may": 2}
    return tuple(
        sorted(found, key=lambda found: (bool(found.explanation), order[found.severity], -len(found.subjects)))
    )


def _difference(subjects: Sequence[str], seen: Sighting) -> Difference:
    return Difference(
        aspect=seen.aspect,
        subjects=tuple(dict.fromkeys(subjects)),
        message=seen.message,
        severity=seen.rule.severity if seen.rule else seen.severity,
        explanation=f"{seen.rule.summary} ({seen.rule.notes})" if seen.rule else "",
        change=f"{seen.rule.release}/{seen.rule.name}" if seen.rule else "",
        trace=seen.trace,
    )


def _of_observation(
    before: Observation, now: Observation | None, unstable: set[str], crossed: Sequence[Release]
) -> Iterator[Sighting]:
    if before.kind in ("meta", "part"):
        return
    if now is None:
        yield from _gone(before)
        return
    old = {name: value for name, value in before.facts.items() if f"{before.subject}|{name}" not in unstable}
    if "raised" in now.facts or "raised" in old:
        yield from _raised(before, old, now.facts)
        return
    compared = COMPARED.get(before.kind, {})
    if now.facts.get("status") != old.get("status", now.facts.get("status")):
        compared = {"status": _status}  # the rest follows from it
    elif now.facts.get("location") != old.get("location", now.facts.get("location")):
        compared = {"location": _plain, "mails": _mails}
    for name, function in compared.items():
        if name in old and name in now.facts and old[name] != now.facts[name]:
            yield from function(Pair(before.subject, name, old, now.facts, crossed))


def _gone(before: Observation) -> Iterator[Sighting]:
    """A part of the site that is not there any more; what Django itself brought is Django's to take."""
    django = str(before.facts.get("view", "")).startswith("django.")
    yield Sighting(aspect=before.kind, message=f"the {before.kind} is gone", severity="may" if django else "must")


def _raised(before: Observation, old: Facts, new: Facts) -> Iterator[Sighting]:
    if "raised" in old and "raised" in new:
        if _kind(old["raised"]) != _kind(new["raised"]):
            message = f"it failed before, and fails otherwise now: {new['raised']}"
            yield Sighting(aspect=before.kind, message=message, severity="may", trace=new.get("trace", ""))
    elif "raised" in new:
        yield Sighting(
            aspect=before.kind, message=f"it fails: {new['raised']}", severity="must", trace=new.get("trace", "")
        )
    elif "raised" in before.facts and "raised" in old:
        yield Sighting(aspect=before.kind, message=f"it failed before and works now: {old['raised']}", severity="may")


def _kind(text: str) -> str:
    return text.partition(":")[0]


def _plain(pair: Pair) -> Iterator[Sighting]:
    """A fact that must stay as it is, unless a release note says otherwise."""
    before, after = _text(pair.before), _text(pair.now)
    if pair.name == "location" and unquote_plus(before) == unquote_plus(after):
        return
    rule = explanation_of(pair.crossed, Shown(aspect=pair.name, where=pair.subject, before=before, after=after))
    yield Sighting(aspect=pair.name, message=f"{pair.name}: {before} → {after}", severity="must", rule=rule)


def _status(pair: Pair) -> Iterator[Sighting]:
    before, after = str(pair.before), str(pair.now)
    where = f"{pair.old.get('owner', '')} {pair.subject}"
    shown = Shown(aspect="status", where=where, before=before, after=after)
    rule = explanation_of(pair.crossed, shown)
    severity: Severity = "should" if after == NOT_ALLOWED and _is_of_django(pair) else "must"
    yield Sighting(aspect="status", message=f"status: {before} → {after}", severity=severity, rule=rule)


def _text(value: Any) -> str:  # a fact is any JSON value
    return value if isinstance(value, str) else str(value)


def _lost(pair: Pair) -> Iterator[Sighting]:
    """A list of names none of which may go; new ones are nothing to speak of. The admin's context is Django's."""
    if pair.name in ("context", "templates") and _is_of_django(pair):
        return
    gone = [str(name) for name in pair.before if name not in pair.now]
    for subject in gone:
        rule = explanation_of(pair.crossed, Shown(aspect=pair.name, before=subject))
        yield Sighting(aspect=pair.name, message=f"{pair.name}: gone: {subject}", severity="must", rule=rule)


def _order(pair: Pair) -> Iterator[Sighting]:
    """Middleware: those of both stay in their order; one of Django's that is gone went with its release."""
    for name in pair.before:
        if name not in pair.now and not name.startswith("django."):
            yield Sighting(aspect="middleware", message=f"gone: {name}", severity="must")
    kept = [name for name in pair.before if name in pair.now]
    again = [name for name in pair.now if name in pair.before]
    if kept != again:
        moved = [name for name, other in zip(kept, again, strict=True) if name != other]
        yield Sighting(aspect="middleware", message=f"another order: {', '.join(moved)}", severity="must")


def _page(pair: Pair) -> Iterator[Sighting]:
    """The lines of a page: each change explained by a release, or one difference of those that are not."""
    if _is_of_django(pair):
        return
    severity: Severity = "should" if pair.old.get("owner") == "other" else "must"
    open_ones: list[str] = []
    for change in changes_of(pair.before, pair.now):
        rule = explanation_of(
            pair.crossed,
            Shown(
                aspect="page",
                what=change.kind,
                where=f"{change.tag} {change.name}",
                before=change.before,
                after=change.after,
            ),
        )
        if rule is None:
            open_ones.append(str(change))
        elif rule.severity != "may" or rule.told:
            yield Sighting(aspect="page", message=rule.summary, severity=rule.severity, rule=rule)
    if open_ones:
        rest = f" (and {len(open_ones) - SHOWN} more)" if len(open_ones) > SHOWN else ""
        yield Sighting(aspect="page", message="; ".join(open_ones[:SHOWN]) + rest, severity=severity)


def _json(pair: Pair) -> Iterator[Sighting]:
    for path, before, after in json_changes(pair.before, pair.now):
        rule = explanation_of(pair.crossed, Shown(aspect="json", where=path, before=before, after=after))
        if before:
            message = f"{path}: {before} → {after}" if after else f"{path} is gone"
            yield Sighting(aspect="json", message=message, severity="must", rule=rule)
        else:
            yield Sighting(aspect="json", message=f"{path} is new", severity="may", rule=rule)


def json_changes(before: Any, now: Any, path: str = "") -> Iterator[tuple[str, str, str]]:  # any JSON value
    """The places where two JSON values differ, as (path, before, after); ``""`` is what is not there."""
    if isinstance(before, Mapping) and isinstance(now, Mapping):
        for key in [*before, *(key for key in now if key not in before)]:
            inner = f"{path}.{key}" if path else str(key)
            if key not in now:
                yield inner, repr(before[key]), ""
            elif key not in before:
                yield inner, "", repr(now[key])
            else:
                yield from json_changes(before[key], now[key], inner)
    elif isinstance(before, list) and isinstance(now, list) and len(before) == len(now):
        for index, (pair, other) in enumerate(zip(before, now, strict=True)):
            yield from json_changes(pair, other, f"{path}[{index}]")
    elif before != now:
        yield path or "the whole", repr(before)[:100], repr(now)[:100]


def _mails(pair: Pair) -> Iterator[Sighting]:
    if len(pair.before) != len(pair.now):
        yield Sighting(aspect="mails", message=f"{len(pair.before)} mails before, {len(pair.now)} now", severity="must")
        return
    for before, after in zip(pair.before, pair.now, strict=True):
        differing = [key for key in before if before[key] != after[key]]
        if differing:
            changes = "; ".join(str(change) for change in changes_of(before["lines"], after["lines"])[:SHOWN])
            what = changes or f"{before[differing[0]]} → {after[differing[0]]}"
            yield Sighting(aspect="mails", message=f"mail: {', '.join(differing)}: {what}", severity="must")


def _queries(pair: Pair) -> Iterator[Sighting]:
    """More queries of the project's own tables than before; fewer are welcome."""
    for key in sorted({*pair.before, *pair.now}):
        before, after = int(pair.before.get(key, 0)), int(pair.now.get(key, 0))
        written = not key.startswith("SELECT")
        if after > before or (written and after != before):
            severity: Severity = "must" if written and not after else "should"
            yield Sighting(aspect="queries", message=f"{key}: {before} queries before, {after} now", severity=severity)


def _headers(pair: Pair) -> Iterator[Sighting]:
    for header, before in pair.before.items():
        after = pair.now.get(header, "")
        if after != before:
            rule = explanation_of(pair.crossed, Shown(aspect="headers", where=header, before=before, after=after))
            yield Sighting(
                aspect="headers", message=f"{header}: {before} → {after or 'gone'}", severity="must", rule=rule
            )
    for header in pair.now:
        if header not in pair.before:
            rule = explanation_of(pair.crossed, Shown(aspect="headers", where=header, after=pair.now[header]))
            yield Sighting(aspect="headers", message=f"{header}: new: {pair.now[header]}", severity="may", rule=rule)


def _fields(pair: Pair) -> Iterator[Sighting]:
    for field, before in pair.before.items():
        after = pair.now.get(field)
        if after is None:
            yield Sighting(aspect="form", message=f"the field {field} is gone", severity="must")
            continue
        for key in before:
            if before[key] != after[key]:
                rule = explanation_of(
                    pair.crossed, Shown(aspect="form", where=key, before=str(before[key]), after=str(after[key]))
                )
                text = f"{field}: {key}: {before[key]} → {after[key]}"
                yield Sighting(aspect="form", message=text, severity="should", rule=rule)


def _shown(pair: Pair) -> Iterator[Sighting]:
    """Lists whose items and order both count; cells were not marked as such before Django 1.7."""
    if pair.name == "cells" and not pair.before:
        return
    changes = "; ".join(str(change) for change in changes_of([*map(str, pair.before)], [*map(str, pair.now)])[:SHOWN])
    rule = explanation_of(pair.crossed, Shown(aspect=pair.name, before=changes))
    severity: Severity = "should" if pair.name == "messages" and _is_of_django(pair) else "must"
    yield Sighting(aspect=pair.name, message=f"{pair.name}: {changes}", severity=severity, rule=rule)


def _is_of_django(pair: Pair) -> bool:
    """Whether a view is Django's own: the words it says and the methods it takes are Django's to change."""
    return pair.old.get("owner") in ("admin", "django")


COMPARED = {
    "request": {
        "status": _status,
        "location": _plain,
        "type": _plain,
        "templates": _lost,
        "context": _lost,
        "messages": _shown,
        "errors": _plain,
        "headers": _headers,
        "lines": _page,
        "json": _json,
        "bytes": _plain,
        "queries": _queries,
        "mails": _mails,
        "columns": _lost,
        "rows": _shown,
        "cells": _shown,
        "inputs": _lost,
    },
    "middleware": {"order": _order},
    "signals": {"connected": _lost},
    "model": {
        "saved": _plain,
        "changed": _plain,
        "shown": _shown,
        "addresses": _shown,
        "order": _shown,
        "fields": _lost,
    },
    "form": {"fields": _fields, "valid": _plain, "errors": _plain, "inputs": _page},
    "command": {"helps": _plain, "options": _lost},
    "template": {"compiles": _plain},
}
"""Which facts of which kind of observation are compared, and how."""
