"""The roadmap of a product as SVG: a bar per release with its end, a line for today, planned releases hatched."""

from __future__ import annotations

import datetime as dt
from html import escape

from djup.lifecycle.days import End, last_day
from djup.lifecycle.links import label_of, plain_text
from djup.lifecycle.models import Product, ProductRelease
from djup.lifecycle.status import is_planned, status
from djup.model import Record

WIDTH, ROW, LEFT, RIGHT, TOP, BAR = 960, 24, 120, 84, 44, 14
COLOURS = {"active": "#2e7d32", "security": "#b26a00", "extended": "#6a3d9a", "eol": "#8a8f98", "planned": "#1f6feb"}
ROWS, FEWEST = 30, 6
"""How many releases a roadmap shows at most, and at least where there are so many."""
PAST = 4
"""For how many years what has ended stays on a roadmap."""
LONGEST_PAST = 7
"""How many years before today it begins at the earliest; older bars are cut there."""
OPEN_END = dt.timedelta(days=365)


class Segment(Record):
    """A part of a bar: a phase from one day to another; ``open`` where its end is not known."""

    phase: str
    start: dt.date
    end: dt.date
    open: bool = False


def segments(release: ProductRelease, day: dt.date) -> list[Segment]:
    """The phases of a release as parts of its bar; support without a known end reaches a year past the day."""
    if release.release_date is None:
        return []
    start, found = last_day(release.release_date), []
    horizon = max(start, day) + OPEN_END
    for phase, end in (("active", release.eoas), ("security", release.eol), ("extended", release.eoes)):
        stop = _stop(end, start, horizon)
        if stop is None or stop <= start:
            continue
        only = phase == "security" and release.eoas is None
        found.append(Segment(phase="active" if only else phase, start=start, end=stop, open=end is False))
        start = stop
    return found


def _stop(end: End, start: dt.date, horizon: dt.date) -> dt.date | None:
    if isinstance(end, str):
        return last_day(end)
    return max(start, horizon) if end is False else None


def roadmap(product: Product, day: dt.date) -> str:
    """The SVG of what is planned, supported or not long over of a product; ``""`` where nothing has a date."""
    rows = _shown([(release, parts) for release in product.releases if (parts := segments(release, day))], day)
    if not rows:
        return ""
    first = max(min(parts[0].start for _, parts in rows).year, day.year - LONGEST_PAST)
    last = max(day + dt.timedelta(days=30), *(parts[-1].end for _, parts in rows))
    scale = _Scale(dt.date(min(first, last.year), 1, 1), dt.date(last.year + 1, 1, 1))
    height = TOP + ROW * len(rows) + 8
    title = escape(f"Support of {product.title} by release, as of {day.isoformat()}")
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="roadmap" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-label="{title}" font-family="system-ui, sans-serif" font-size="12"><title>{title}</title>'
        '<defs><pattern id="planned" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<rect width="3" height="6" fill="{COLOURS["planned"]}"/></pattern></defs>'
    )
    bars = "".join(
        _row(product, row, parts, y=TOP + number * ROW, scale=scale, day=day)
        for number, (row, parts) in enumerate(rows)
    )
    today = scale.x(day)
    line = (
        f'<line class="now" x1="{today}" x2="{today}" y1="18" y2="{height - 4}" stroke="#c62828" stroke-width="2"/>'
        f'<text x="{today}" y="12" text-anchor="middle" class="today" fill="#c62828" font-weight="600">today</text>'
    )
    return f"{head}{scale.grid(height)}{line}{bars}</svg>"


def _shown(
    rows: list[tuple[ProductRelease, list[Segment]]], day: dt.date
) -> list[tuple[ProductRelease, list[Segment]]]:
    recent = dt.date(day.year - PAST, 1, 1)
    kept = [(release, parts) for release, parts in rows if parts[-1].end >= recent]
    return kept[:ROWS] if len(kept) >= FEWEST else rows[:FEWEST]


class _Scale:
    """From days to the horizontal."""

    def __init__(self, first: dt.date, last: dt.date) -> None:
        self.first, self.last = first, last
        self.step = 1 + (last.year - first.year) // 16

    def x(self, day: dt.date) -> float:
        share = (max(day, self.first) - self.first).days / max(1, (self.last - self.first).days)
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)

    def grid(self, height: int) -> str:
        lines = []
        for year in range(self.first.year, self.last.year + 1, self.step):
            x = self.x(dt.date(year, 1, 1))
            lines.append(
                f'<line x1="{x}" x2="{x}" y1="{TOP - 8}" y2="{height - 4}" stroke="#888" stroke-opacity=".35"/>'
                f'<text x="{x}" y="{TOP - 14}" text-anchor="middle" class="faint" fill="#59636e">{year}</text>'
            )
        return "".join(lines)


def _row(
    product: Product, release: ProductRelease, parts: list[Segment], *, y: int, scale: _Scale, day: dt.date
) -> str:
    name = escape(plain_text(label_of(product, release))[:18])
    ended = status(release, day).phase == "eol"
    coming = is_planned(release, day)
    words = ", ".join(f"{part.phase} {'without a known end' if part.open else f'until {part.end}'}" for part in parts)
    if coming:
        words = f"planned for {release.release_date}; {words}"
    bars = []
    for part in parts:
        x = scale.x(part.start)
        width = max(1.0, round(scale.x(part.end) - x, 1))
        fill = "url(#planned)" if coming else COLOURS["eol" if ended else part.phase]
        bars.append(f'<rect x="{x}" y="{y}" width="{width}" height="{BAR}" rx="2" fill="{fill}"/>')
    until = "no end known" if parts[-1].open else parts[-1].end.isoformat()[:7]
    left, right = scale.x(parts[0].start) - 6, scale.x(parts[-1].end) + 6
    text = f'<text x="{left}" y="{y + 11}" text-anchor="end" class="ink" fill="#1f2328">{name}</text>'
    end = f'<text x="{right}" y="{y + 11}" class="faint" fill="#59636e">{until}</text>'
    tip = escape(f"{product.title} {release.release_cycle}: {words}")
    return f"<g><title>{tip}</title>{text}{''.join(bars)}{end}</g>"
