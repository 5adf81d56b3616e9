"""Write src/djup/data/security/django.toml from an unpacked sdist of the newest Django.

    python scripts/security_data.py FOLDER

The list of issues is docs/releases/security.txt. Which patch fixed an issue is told by the release notes that name its
CVE id; where none does, it is the first patch of the release that came out on or after the day of disclosure.
"""

from __future__ import annotations

import datetime as dt
import re
import sys
from pathlib import Path

import tomlkit
from packaging.version import Version

from djup.knowledge.support import load_support
from djup.model import parse_release, release_text

OUT = Path(__file__).parent.parent / "src" / "djup" / "data" / "security" / "django.toml"
HEAD = re.compile(r"^(?P<day>[A-Z][a-z]+ \d{1,2}, \d{4}) - (?P<name>.+)\n-{10,}$", re.MULTILINE)
AFFECTED = re.compile(r"^\* Django (?P<release>\d+\.\d+|\d{4})\b", re.MULTILINE)
LINK = re.compile(r"<(https?://[^>]+)>")
CVE = re.compile(r":cve:`(\d{4}-\d+)`")
FIRST_WORDS = re.compile(r"^(.*?)\.?\s*(?:`Full\s+description|\*|Versions affected|$)", re.DOTALL)


def main() -> int:
    """Write the file; the exit code is 2 where the folder is no Django."""
    docs = Path(sys.argv[1]) / "docs" / "releases" if len(sys.argv) > 1 else Path()
    if not (docs / "security.txt").is_file():
        print("give the folder of an unpacked Django sdist", file=sys.stderr)
        return 2
    notes = {path.stem: path.read_text(encoding="utf-8") for path in docs.glob("[0-9]*.txt")}
    text = (docs / "security.txt").read_text(encoding="utf-8")
    document = tomlkit.document()
    document.add(tomlkit.comment("Security issues of Django, newest first. Written by scripts/security_data.py."))
    document.add("product", "django")
    document.add("source", f"{Path(sys.argv[1]).name}/docs/releases/security.txt")
    issues = tomlkit.aot()
    for issue in read(text, notes):
        issues.append(tomlkit.item(issue))
    document.add("issue", issues)
    OUT.write_text(tomlkit.dumps(document), encoding="utf-8")
    print(f"{len(issues)} issues in {OUT}")
    return 0


def read(text: str, notes: dict[str, str]) -> list[dict[str, object]]:
    """Every issue of the list."""
    heads = list(HEAD.finditer(text))
    ends = [*(head.start() for head in heads[1:]), len(text)]
    issues: list[dict[str, object]] = []
    for head, end in zip(heads, ends, strict=True):
        body = text[head.end() : end]
        day = dt.datetime.strptime(head["day"], "%B %d, %Y").replace(tzinfo=dt.UTC).date()
        cve = CVE.search(head["name"])
        link = LINK.search(body)
        releases = list(dict.fromkeys(AFFECTED.findall(body)))
        issue: dict[str, object] = {"day": day.isoformat(), "summary": summary(body)}
        if cve:
            issue = {"cve": f"CVE-{cve[1]}", **issue}
        if link:
            issue["link"] = link[1]
        fixed = {release: patch for release in releases if (patch := fix(release, cve[1] if cve else "", day, notes))}
        issues.append({**issue, "affected": releases, "fixed": fixed})
    return issues


def summary(body: str) -> str:
    """The first sentence, without markup."""
    found = FIRST_WORDS.match(body.strip())
    return re.sub(r"\s+", " ", (found[1] if found else "").replace("``", "")).strip()


def fix(release: str, cve: str, day: dt.date, notes: dict[str, str]) -> str:
    """The patch of a release that fixed an issue, ``""`` where none is known."""
    wanted = parse_release(release)
    naming = [stem for stem, text in notes.items() if cve and f"{cve}" in text and _is_of(stem, release)]
    if naming:
        return min(naming, key=Version)
    versions = load_support().versions()
    later = [
        one
        for one, when in versions.items()
        if release_text(wanted) == release and _is_of(one, release) and when >= day
    ]
    return min(later, key=Version, default="")


def _is_of(version: str, release: str) -> bool:
    return version == release or version.startswith(f"{release}.")


if __name__ == "__main__":
    sys.exit(main())
