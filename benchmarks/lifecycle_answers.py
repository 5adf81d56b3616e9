"""Hold the API's answers for a folder of endoflife.date's own pages against the rules that site makes its answers by.

    python benchmarks/lifecycle_answers.py PAGES [--day 2026-11-21]

PAGES is the ``products`` folder of https://github.com/endoflife-date/endoflife.date. The pages are read here once more,
by a plain YAML reader, and answered by the rules of that site (its API generators and its defaults for pages), which
know nothing of djup's reader. Each difference is counted by version, key and kind, with the first product that has it.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import liquid
import yaml

from djup.lifecycle.catalogue import load_catalogue
from djup.lifecycle.site.settings import Settings
from djup.lifecycle.site.tree import site_files

URL = "https://endoflife.date"
ENDS = ("eoas", "discontinued", "eol", "eoes")
LABELS = {
    "eoas": "Active Support",
    "eol": "Security Support",
    "eoes": "Extended Support",
    "discontinued": "Discontinued",
}
SHOWN = {"eoas": False, "eol": True, "eoes": False, "discontinued": False, "latest": True}
LTS = '<abbr title="Long Term Support">LTS</abbr>'

Json = dict[str, Any]


def main() -> int:
    """Print how many products are answered alike and what differs; the exit code is 1 where most differ."""
    parser = argparse.ArgumentParser(description="Compare answers with endoflife.date's rules.")
    parser.add_argument("pages", type=Path)
    parser.add_argument("--day", type=dt.date.fromisoformat, default=dt.datetime.now(dt.UTC).date())
    asked = parser.parse_args()
    now = dt.datetime.combine(asked.day, dt.time(), tzinfo=dt.UTC)
    files = dict(site_files(load_catalogue([asked.pages], bundled=False), Settings(now=now, url=URL)))
    alike = {"v0": 0, "v1": 0}
    found: dict[tuple[str, str], list[str]] = {}
    pages = sorted(asked.pages.glob("*.md"))
    for path in pages:
        name = str(front(path)["permalink"]).removeprefix("/")
        v1 = json.loads(files[f"api/v1/products/{name}.json"])["result"]
        for version, ours, theirs in (
            ("v0", json.loads(files[f"api/{name}.json"]), cycles(front(path), asked.day)),
            ("v1", v1, product(front(path), asked.day)),
        ):
            keys = set(differences(ours, json.loads(json.dumps(theirs, default=str))))
            alike[version] += not keys
            for key in keys:
                found.setdefault((version, key), []).append(name)
    print(f"{len(pages)} products: {alike['v0']} alike in v0, {alike['v1']} alike in v1")
    for (version, key), names in sorted(found.items(), key=lambda pair: -len(pair[1])):
        print(f"  {version} {key}: {len(names)} products, the first is {names[0]}")
    return 0 if 2 * min(alike.values()) > len(pages) else 1


def front(path: Path) -> Json:
    """The front matter of a page, read anew each time as the rules below change it."""
    found: Json = yaml.safe_load(path.read_text(encoding="utf-8").split("---\n", 2)[1])
    return found


def out(page: Json, day: dt.date) -> list[Json]:
    """The releases that are out; djup leaves the others out on purpose."""
    return [row for row in page["releases"] if row["releaseDate"] <= day]


def cycles(page: Json, day: dt.date) -> list[Json]:
    """The first version: each release as the page has it, but for the names of two ends, which are turned round."""
    rows = []
    for row in out(page, day):
        row["lts"] = row.get("lts") or False
        row["cycle"] = row.pop("releaseCycle")
        if "eoas" in row:
            row["support"] = turned(row.pop("eoas"))
        if "eoesColumn" in page:
            row["extendedSupport"] = turned(row.pop("eoes")) if "eoes" in row else False
        rows.append(row)
    return rows


def turned(end: object) -> object:
    """An end in the older sense, where yes means that it still holds."""
    return end if isinstance(end, dt.date) else not end


def product(page: Json, day: dt.date) -> Json:
    """Version 1."""
    name = page["permalink"][1:]
    tags = page.get("tags") or []
    columns = {key: page.get(f"{key}Column", default) for key, default in SHOWN.items()}
    return {
        "name": name,
        "aliases": [url[1:] for url in page.get("alternate_urls", [])],
        "label": page["title"],
        "category": page["category"],
        "tags": sorted([*(tags.split() if isinstance(tags, str) else tags), page["category"]]),
        "versionCommand": page.get("versionCommand"),
        "identifiers": [{"type": key, "id": text} for one in page.get("identifiers", []) for key, text in one.items()],
        "labels": {key: plain(LABELS[key] if columns[key] is True else columns[key]) for key in ENDS},
        "links": {
            "icon": f"https://cdn.jsdelivr.net/npm/simple-icons/icons/{page['iconSlug']}.svg"
            if page.get("iconSlug")
            else None,
            "html": f"{URL}/{name}",
            "releasePolicy": page.get("releasePolicyLink"),
        },
        "releases": [release(page, columns, row, day) for row in out(page, day)],
    }


def release(page: Json, columns: Mapping[str, object], row: Json, day: dt.date) -> Json:
    """A release in version 1."""
    begun, since = (day > row["lts"], row["lts"]) if isinstance(row.get("lts"), dt.date) else (row.get("lts"), None)
    template = row.get("releaseLabel") or page.get("releaseLabel")
    label = filled(template, row) if template else row["releaseCycle"]
    if begun or since:
        label += f" ({'' if begun else 'Upcoming '}{page.get('LTSLabel', LTS)})"
    found: Json = {"name": row["releaseCycle"], "codename": row.get("codename"), "label": plain(label)}
    found |= {"releaseDate": row["releaseDate"], "isLts": bool(begun), "ltsFrom": since, "isMaintained": False}
    for key in ENDS:
        end = row.get(key)
        over = day > end if isinstance(end, dt.date) else end
        found["isMaintained"] |= key in row and not over
        if columns[key] or key == "eol":
            found[f"is{key.capitalize()}"] = over
            found[f"{key}From"] = end if isinstance(end, dt.date) else None
    link = row.get("link", page.get("changelogTemplate"))
    link = filled(link, row) if link else None
    latest = {"name": row.get("latest"), "date": row.get("latestReleaseDate"), "link": link}
    own = {field["name"]: row.get(field["name"]) for field in page.get("customFields", [])}
    return {**found, "latest": latest if columns["latest"] else None, "custom": own or None}


def filled(template: str, row: Json) -> str:
    """A template with the values of a release; two pages have Liquid that only Ruby's reader takes."""
    text = template.strip().replace("'''", "''").replace("'.':'_'", "'.','_'")
    for name, key in (("RELEASE_CYCLE", "releaseCycle"), ("CODENAME", "codename"), ("RELEASE_DATE", "releaseDate")):
        text = text.replace(f"__{name}__", str(row.get(key) or ""))
    text = text.replace("__LATEST__", row.get("latest") or "")
    text = text.replace("__LATEST_RELEASE_DATE__", str(row.get("latestReleaseDate") or ""))
    environment = liquid.Environment()
    environment.add_filter("pop", lambda words, count=1: list(words)[: -int(count)])
    environment.add_filter("drop_zero_patch", lambda version: str(version).removesuffix(".0"))
    return environment.from_string(text).render()


def plain(text: object) -> str | None:
    """A label without its markup, None where there is none."""
    return re.sub(r"<.*?>", "", str(text), flags=re.DOTALL) if text else None


def differences(ours: object, theirs: object, key: str = "") -> Iterator[str]:
    """The keys under which two answers differ."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for name in ours.keys() | theirs.keys():
            yield from differences(ours.get(name, "nothing"), theirs.get(name, "nothing"), f"{key}.{name}".strip("."))
    elif isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        for one, other in zip(ours, theirs, strict=True):
            yield from differences(one, other, key)
    elif ours != theirs:
        yield key


if __name__ == "__main__":
    sys.exit(main())
