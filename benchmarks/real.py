"""Upgrade real projects from the package index and print one row for each, as they end.

    python benchmarks/real.py [--to RELEASE] [--keep FOLDER] [NAME or NAME==VERSION …]

Without names all projects of ``real_projects.toml`` are run, one after the other. Nothing in them is edited by hand:
each sdist is unpacked, committed as of its date, and given to ``djup upgrade -y``.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from sources import unpack_sdist

PROJECTS = Path(__file__).parent / "real_projects.toml"
HEAD = ("project", "from", "to", "hops", "tests before", "tests after", "findings left", "minutes", "verdict")


def main() -> int:
    """Run what was asked for; the exit code is 0 however the upgrades end, as the rows tell that."""
    parser = argparse.ArgumentParser(description="Upgrade real projects from the package index.")
    parser.add_argument("names", nargs="*", help="projects of real_projects.toml, by name or NAME==VERSION")
    parser.add_argument("--to", default="latest", help="the target (default: latest)")
    parser.add_argument("--keep", type=Path, help="an existing folder for the projects and the logs")
    asked = parser.parse_args()
    chosen = [one for one in tomllib.loads(PROJECTS.read_text(encoding="utf-8"))["project"] if wanted(one, asked.names)]
    folder = asked.keep or Path(tempfile.mkdtemp(prefix="djup-real-"))
    print(f"projects and logs are kept in {folder}\n\n" + row(HEAD) + "\n" + row(["---"] * len(HEAD)), flush=True)
    stopped = []
    for project in chosen:
        title = f"{project['name']} {project['version']}"
        report = upgrade(project, asked.to, folder)
        print(row([title, *cells(report)]), flush=True)
        if report.get("verdict") != "green":
            stopped.append(f"{title}: {report.get('reason', report.get('problem', 'no report'))}")
    print("\n" + "\n\n".join(stopped))
    return 0


def wanted(project: dict[str, Any], names: list[str]) -> bool:
    """Whether a project was asked for."""
    return not names or project["name"] in names or f"{project['name']}=={project['version']}" in names


def upgrade(project: dict[str, Any], target: str, folder: Path) -> dict[str, Any]:
    """Lay a project out as a repository and upgrade it; return djup's report, or the error it gave instead."""
    root = unpack_sdist(project["name"], project["version"], folder)
    commit(root, project["as_of"])
    scratch = tempfile.mkdtemp(prefix="djup-scratch-")
    options = [str(option).format(scratch=scratch) for option in project.get("options", ())]
    djup = [sys.executable, "-m", "djup"]
    log = root.with_suffix(root.suffix + ".log")
    with log.open("w", encoding="utf-8") as out:
        command = [*djup, "upgrade", "-y", "--to", target, *options, str(root)]
        env = {**os.environ, "DJUP_REQUIREMENTS": ",".join(project.get("requirements", ()))}
        subprocess.run(command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, env=env, check=False)
    done = subprocess.run([*djup, "report", "--format", "json", str(root)], capture_output=True, text=True, check=False)
    if done.returncode == 0 or done.stdout.startswith("{"):
        report: dict[str, Any] = json.loads(done.stdout)
        return report
    return {"verdict": "not started", "reason": log.read_text(encoding="utf-8").strip()}


def commit(root: Path, day: str) -> None:
    """Make a repository with one commit of that day: djup resolves unpinned requirements as of it."""
    who = {"NAME": "Upstream", "EMAIL": "upstream@example.org", "DATE": f"{day}T12:00:00+00:00"}
    dated = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in who.items()}
    for words in (["init", "--quiet"], ["add", "--all", "--force"], ["commit", "--quiet", "--message", "As released"]):
        subprocess.run(["git", *words], cwd=root, env={**os.environ, **dated}, check=True)


def cells(report: dict[str, Any]) -> list[str]:
    """What a row tells of a report."""
    if "hops" not in report:
        return ["", "", "", "", "", "", "", str(report["verdict"])]
    green = [hop for hop in report["hops"] if hop["green"] and hop["number"]]
    return [
        at(report["from"]),
        at(report["reached"]),
        f"{len(green)} of {report['hops_planned']}",
        tests(report["tests"]["baseline"]),
        tests(report["tests"]["final"]),
        str(len(report["findings"])),
        f"{report['seconds'] / 60:.1f}",
        str(report["verdict"]),
    ]


def at(stop: dict[str, str]) -> str:
    """A point on the way."""
    return f"{stop['django']} / {stop['python']}"


def tests(counts: dict[str, int] | None) -> str:
    """The tests that passed, of all."""
    return f"{counts['passed']} of {counts['total']}" if counts else "–"


def row(parts: tuple[str, ...] | list[str]) -> str:
    """A row of a Markdown table."""
    return "| " + " | ".join(parts) + " |"


if __name__ == "__main__":
    sys.exit(main())
