"""Make a folder of product pages as a stranger would write them, to measure reading and building with.

    python benchmarks/lifecycle_pages.py FOLDER [COUNT] [--seed N]

The pages use all of today's format: columns with labels, own fields, Liquid templates, identifiers, yes and no instead
of dates, extended support. One in forty is broken in a way that ``djup lifecycle validate`` has to name.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import sys
from pathlib import Path

CATEGORIES = ("app", "database", "device", "framework", "lang", "os", "server-app", "service", "standard")
TEMPLATES = (
    "https://example.org/releases/__LATEST__/",
    "https://example.org/{{'__RELEASE_CYCLE__'|replace:'.','-'}}/changes",
    "https://example.org/{{'__LATEST__'|split:'.'|first}}/#__LATEST__",
)
OWN = "customFields:\n  - name: kernel\n    display: after-release-column\n    label: Kernel"
BODY = """
> [{title}](https://example.org/{name}) is a product that does not exist.

A release comes every {months} months. It gets **bug fixes** until the next one, and security fixes for `{years}` years.

| Release | Runs on |
| ------- | ------- |
| {newest} | everything |

- See the [policy](https://example.org/policy).
- Raw <b>HTML</b> is shown as it is written.
"""


def main() -> int:
    """Write the pages; the exit code is 0."""
    parser = argparse.ArgumentParser(description="Make a folder of product pages.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("count", type=int, nargs="?", default=460)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(asked.seed)
    releases = 0
    for number in range(asked.count):
        text, count = page(f"product-{number:03}", chance, broken=number % 40 == 7)
        (asked.folder / f"product-{number:03}.md").write_text(text, encoding="utf-8")
        releases += count
    print(f"{asked.count} pages with {releases:,} releases in {asked.folder}")
    return 0


def page(name: str, chance: random.Random, *, broken: bool) -> tuple[str, int]:
    """A page and the number of its releases."""
    eoas, eoes, own = chance.random() < 0.4, chance.random() < 0.2, chance.random() < 0.2
    title, months, years = name.replace("-", " ").title(), chance.randint(1, 14), chance.randint(1, 6)
    count = min(120, max(2, int(chance.lognormvariate(2.4, 0.8))))
    head = [
        "---",
        f"title: {title}",
        f"category: {chance.choice(CATEGORIES)}",
        f"tags: {' '.join(sorted(chance.sample(['acme', 'java-runtime', 'linux', 'web-server', 'vendor'], 2)))}",
        f"permalink: /{name}",
        f'changelogTemplate: "{chance.choice(TEMPLATES)}"',
        "releasePolicyLink: https://example.org/policy",
        f"eolColumn: {chance.choice(['true', 'Security Support', 'Service Status'])}",
    ]

    head += ["eoasColumn: Active Support"] if eoas else []
    head += ["eoesColumn: true"] if eoes else []
    head += (
        ["customFields:", "  - name: kernel", "    display: after-release-column", "    label: Kernel"] if own else []
    )
    head += ["identifiers:", f"  - purl: pkg:generic/{name}", f"  - repology: {name}", "releases:"]
    rows: list[str] = []
    day = dt.date(2026, 8, 1) - dt.timedelta(days=chance.randint(0, 200))
    for index in range(count):
        cycle = f"{1 + (count - index) // 10}.{(count - index) % 10}"
        rows += release(cycle, day, years, chance, eoas=eoas, eoes=eoes, own=own)
        day -= dt.timedelta(days=30 * months + chance.randint(0, 20))
    if broken:
        rows[1] = "    releaseDate: 1999-01-01"
    text = "\n".join([*head, *rows, "---"]) + BODY.format(
        title=title, name=name, months=months, years=years, newest="1"
    )
    return text, count


def release(
    cycle: str, day: dt.date, years: int, chance: random.Random, *, eoas: bool, eoes: bool, own: bool
) -> list[str]:
    """The lines of a release."""
    end = day + dt.timedelta(days=365 * years)
    lines = [
        f'  - releaseCycle: "{cycle}"',
        f"    releaseDate: {day}",
        f"    eol: {end if chance.random() < 0.85 else 'false'}",
        f'    latest: "{cycle}.{chance.randint(0, 40)}"',
        f"    latestReleaseDate: {day + dt.timedelta(days=chance.randint(0, 90))}",
    ]
    lines += [f"    eoas: {day + (end - day) / 2 if chance.random() < 0.8 else 'true'}"] if eoas else []
    lines += [f"    eoes: {end + dt.timedelta(days=700)}"] if eoes and chance.random() < 0.6 else []
    lines += ["    lts: true"] if chance.random() < 0.1 else []
    lines += [f'    kernel: "{chance.randint(3, 6)}.{chance.randint(0, 19)}"'] if own else []
    return lines


if __name__ == "__main__":
    sys.exit(main())
