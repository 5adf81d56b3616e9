"""Write docs/changes/: a page for each release of Django, and the table of what is known, found and rewritten."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path

from djup.knowledge.changes import Change, Example, all_changes
from djup.knowledge.coverage import ChangeCoverage, coverage_by_release, coverage_of, documented_changes
from djup.model import release_text

FOLDER = Path(__file__).parent.parent / "docs" / "changes"
SEVERITIES = {"must": "has to be dealt with", "should": "ought to be dealt with", "may": "is worth a look"}
COLUMNS = ("Release", "Documented", "Known", "Found in files", "Rewritten", "On the timeline", "Of these rewritten")


def pages() -> Mapping[str, str]:
    """Every page by its file name."""
    by_release = {release: list(found) for release, found in groupby(all_changes(), key=lambda one: one.release)}
    named = {
        f"{release_text(release)}.md": "".join(_page(release_text(release), found))
        for release, found in by_release.items()
    }
    return {"README.md": _coverage(), **named}


def _coverage() -> str:
    rows = [
        (f"[{release}]({release}.md)" if counts.known else release, *_counts(counts))
        for release, counts in coverage_by_release().items()
    ]
    rows.append(("all", *_counts(coverage_of(documented_changes()))))
    return (
        "# Changes by release\n\n"
        "What Django's release notes and its timeline of removals list, against what djup knows, finds in files,\n"
        "and rewrites by itself; `djup changes stats` prints the same. Written by `make docs`.\n\n"
        f"{table(COLUMNS, rows)}\n"
    )


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """A Markdown table of cells that are Markdown already."""
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, tuple("---" for _ in head), *rows))


def _counts(counts: ChangeCoverage) -> tuple[str, ...]:
    return tuple(str(getattr(counts, name)) for name in ChangeCoverage.__struct_fields__)


def _page(release: str, changes: list[Change]) -> Iterator[str]:
    fixed = sum(change.fixable for change in changes)
    yield f"# Django {release}\n\n{len(changes)} changes, {fixed} of them rewritten by djup. Written by `make docs`.\n"
    for change in changes:
        yield f"\n## {change.id}\n\n{change.summary}. {_facts(change)}\n"
        for text in (change.advice, change.why_not):
            if text:
                yield f"\n{text}\n"
        example = next((one for one in change.examples if one.before), None)
        if example is not None:
            yield _example(example)


def _facts(change: Change) -> str:
    deprecated = f"Deprecated in {change.deprecated}; it" if change.deprecated else "It"
    said = f"{deprecated} takes effect in {change.removed} and {SEVERITIES[change.severity]}."
    runs = f" The new form runs from Django {change.runs_from}." if change.fixable else " djup does not rewrite it."
    return f"{said}{runs} [Django's documentation]({change.notes})"


def _example(example: Example) -> str:
    kind = "python" if example.path.endswith(".py") else "html"
    return f"\n```{kind}\n{example.before.strip()}\n```\n\nbecomes\n\n```{kind}\n{example.after.strip()}\n```\n"


def write() -> None:
    """Write the pages; those of releases that are no longer known go."""
    FOLDER.mkdir(exist_ok=True)
    wanted = pages()
    for file in FOLDER.glob("*.md"):
        if file.name not in wanted:
            file.unlink()
    for name, text in wanted.items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
    sys.stdout.write(f"{FOLDER}\n")
