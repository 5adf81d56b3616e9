"""The roadmap of a product as SVG: a bar per release, a line for today, planned releases hatched."""

from __future__ import annotations

import datetime as dt
from html import escape

from djup.lifecycle.days import End, last_day
from djup.lifecycle.links import label_of, plain_text
from djup.lifecycle.models import Product, ProductRelease
from djup.lifecycle.status import is_planned, status
from djup.model import Record

WIDTH, ROW, LEFT, TOP, BAR = 960, 24, 130, 30, 14
COLOURS = {"active": "#2e7d32", "security": "#b26a00", "extended": "#6a3d9a", "eol": "#8a8f98"}
ROWS = 30
OPEN_END = dt.timedelta(days=365)


class Segment(Record):
    """A part of a bar: a phase from one day to another."""

    phase: str
    start: dt.date
    end: dt.date


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
        found.append(Segment(phase="active" if only else phase, start=start, end=stop))
        start = stop
    return found


def _stop(end: End, start: dt.date, horizon: dt.date) -> dt.date | None:
    if isinstance(end, str):
        return last_day(end)
    return max(start, horizon) if end is False else None


def roadmap(product: Product, day: dt.date) -> str:
    """The SVG of a product's newest releases; ``""`` where nothing has a date."""
    rows = [(release, segments(release, day)) for release in product.releases]
    rows = [(release, parts) for release, parts in rows if parts][:ROWS]
    if not rows:
        return ""
    first = min(parts[0].start for _, parts in rows)
    last = max(day + dt.timedelta(days=30), *(parts[-1].end for _, parts in rows))
    scale = _Scale(dt.date(first.year, 1, 1), dt.date(last.year + 1, 1, 1))
    height = TOP + ROW * len(rows) + 8
    title = f"Support of {product.title} by release, as of {day.isoformat()}"
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="roadmap" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-label="{escape(title)}" font-family="system-ui, sans-serif" font-size="12">'
        f"<title>{escape(title)}</title>"
        '<defs><pattern id="planned" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<rect width="3" height="6" fill="#1f6feb"/></pattern></defs>'
    )
    bars = "".join(
        _row(product, row, parts, y=TOP + number * ROW, scale=scale, day=day)
        for number, (row, parts) in enumerate(rows)
    )
    today = scale.x(day)
    line = (
        f'<line x1="{today}" x2="{today}" y1="{TOP - 8}" y2="{height - 4}" stroke="#c62828" stroke-width="2"/>'
        f'<text x="{today}" y="10" text-anchor="middle" class="today" fill="#c62828">today</text>'
    )
    return f"{head}{scale.grid(height)}{bars}{line}</svg>"


class _Scale:
    """From days to the horizontal."""

    def __init__(self, first: dt.date, last: dt.date) -> None:
        self.first, self.last = first, last
        self.step = 1 + (last.year - first.year) // 14

    def x(self, day: dt.date) -> float:
        share = (day - self.first).days / max(1, (self.last - self.first).days)
        return round(LEFT + share * (WIDTH - LEFT - 24), 1)

    def grid(self, height: int) -> str:
        lines = []
        for year in range(self.first.year, self.last.year + 1, self.step):
            x = self.x(dt.date(year, 1, 1))
            lines.append(
                f'<line x1="{x}" x2="{x}" y1="{TOP - 4}" y2="{height - 4}" stroke="#888" stroke-opacity=".35"/>'
                f'<text x="{x}" y="{TOP - 8}" text-anchor="middle" class="faint" fill="#59636e">{year}</text>'
            )
        return "".join(lines)


def _row(
    product: Product, release: ProductRelease, parts: list[Segment], *, y: int, scale: _Scale, day: dt.date
) -> str:
    name = plain_text(label_of(product, release))[:18]
    ended = status(release, day).phase == "eol"
    words = ", ".join(f"{part.phase} until {part.end.isoformat()}" for part in parts)
    if is_planned(release, day):
        words = f"planned for {release.release_date}; {words}"
    bars = []
    for part in parts:
        x = scale.x(part.start)
        width = max(1.0, round(scale.x(part.end) - x, 1))
        fill = "url(#planned)" if is_planned(release, day) else COLOURS["eol" if ended else part.phase]
        bars.append(f'<rect x="{x}" y="{y}" width="{width}" height="{BAR}" rx="2" fill="{fill}"/>')
    text = f'<text x="{LEFT - 8}" y="{y + 11}" text-anchor="end" class="ink" fill="#1f2328">{escape(name)}</text>'
    return f"<g><title>{escape(f'{product.title} {release.release_cycle}: {words}')}</title>{text}{''.join(bars)}</g>"
