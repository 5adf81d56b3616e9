"""The inventory of warnings, and its comparison with a baseline, as text, Markdown and findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from rich.console import Console
from rich.text import Text

from djup.model import Finding
from djup.report.markdown import table
from djup.verify.inventory import Listed, Relation
from djup.verify.ratchet import Compared, Kept

TITLES: Mapping[Relation, str] = {
    "own": "Own code",
    "direct": "Direct packages",
    "indirect": "Packages that others bring",
    "django": "Django, for no code that could be told",
    "python": "Python, for no code that could be told",
}

SHOWN = 5
"""Places of one warning that are shown."""


def print_listed(out: Console, listed: Iterable[Listed]) -> None:
    """Print the warnings by owner, each with its change, its fixer and its deadline."""
    for title, members in grouped(listed):
        out.print(Text(title, style="bold"))
        for one in members:
            out.print(Text(f"  {short(one.category)}: {one.message}"), soft_wrap=True)
            for line in details(one):
                out.print(Text(f"    {line}", style="dim"), soft_wrap=True)


def listed_markdown(listed: Iterable[Listed]) -> str:
    """The warnings as Markdown: a table per owner."""
    parts = []
    for title, members in grouped(listed):
        rows = [(f"{short(one.category)}: {one.message}", "; ".join(details(one))) for one in members]
        parts.append(f"### {title}\n\n" + table(("Warning", "What it is"), rows))
    return "\n\n".join(parts)


def grouped(listed: Iterable[Listed]) -> Iterator[tuple[str, list[Listed]]]:
    """The entries of each owner with a title, in the order they come in."""
    groups: dict[str, list[Listed]] = {}
    for one in listed:
        name = f": {one.owner}" if one.relation in ("direct", "indirect") else ""
        groups.setdefault(TITLES[one.relation] + name, []).append(one)
    yield from groups.items()


def short(category: str) -> str:
    """The name of a category without its module."""
    return category.rpartition(".")[2]


def details(one: Listed) -> Iterator[str]:
    """What there is to know of an entry, a line each."""
    places = [str(place) for place in one.places[:SHOWN]]
    more = [f"and {one.count - SHOWN} more"] if one.places and one.count > SHOWN else []
    yield f"in {one.symbol}" + (f", at {', '.join([*places, *more])}" if places else f", {one.count} places")
    if one.through:
        yield f"comes through {', '.join(one.through)}"
    if one.free:
        yield f"{one.owner} {one.free.version}: {one.free.why}"
    if one.change:
        yield f"change {one.change}: {one.summary}"
    yield f"fixer: {one.fix}" if one.fix else f"no fixer; {one.hint}" if one.hint else "no fixer"
    yield f"until {one.deadline}" if one.deadline else "no deadline is known"


def print_compared(out: Console, compared: Compared, entries: Iterable[Listed]) -> None:
    """Print what is new, with all there is to know of it, and what is gone."""
    new = {(one.symbol, one.category, one.message) for one in compared.new}
    if new:
        out.print(Text(f"new ({len(new)})", style="bold red"))
        print_listed(out, [one for one in entries if one.key in new])
    if compared.gone:
        out.print(Text(f"gone ({len(compared.gone)})", style="bold green"))
        for one in compared.gone:
            out.print(Text(f"  {kept_line(one)}"), soft_wrap=True)
    out.print(f"{len(compared.new)} new, {len(compared.gone)} gone, {compared.kept} as before")


def compared_markdown(compared: Compared, entries: Iterable[Listed]) -> str:
    """The comparison as Markdown."""
    new = {(one.symbol, one.category, one.message) for one in compared.new}
    parts = [f"{len(compared.new)} new, {len(compared.gone)} gone, {compared.kept} as before."]
    if new:
        parts.append("## New\n\n" + listed_markdown([one for one in entries if one.key in new]))
    if compared.gone:
        parts.append("## Gone\n\n" + "\n".join(f"- {kept_line(one)}" for one in compared.gone))
    return "\n\n".join(parts)


def kept_line(one: Kept) -> str:
    """An entry of a baseline in one line."""
    return f"{one.symbol}: {short(one.category)}: {one.message} ({one.count})"


def findings_of(entries: Iterable[Listed]) -> tuple[Finding, ...]:
    """The entries as findings, one per own place; what is in packages has none."""
    return tuple(
        Finding(
            change=one.change or f"warning/{short(one.category)}",
            summary=one.message,
            severity="should" if one.relation == "own" else "may",
            place=place,
            source="warning",
            fixable=bool(one.fix),
            hint=_hint(one),
            link=one.link,
        )
        for one in entries
        for place in (one.places or (None,))
    )


def _hint(one: Listed) -> str:
    parts = [f"Owner: {one.owner}"] if one.relation != "own" else []
    parts += [f"Through: {', '.join(one.through)}"] if one.through else []
    parts += [f"{one.owner} {one.free.version} is {one.free.why}"] if one.free else []
    parts += [f"Gone in {one.deadline}"] if one.deadline else []
    parts += [f"Run `{one.fix}`"] if one.fix else [one.hint.rstrip(".")] if one.hint else []
    return "".join(f"{part}. " for part in parts).strip()
