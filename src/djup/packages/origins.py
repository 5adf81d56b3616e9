"""Where a project's packages come from: what its own files say, over what the user has set for all projects."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from djup.config import Config
from djup.environments.sources import (
    Sources,
    for_name,
    of_uv_table,
    own_sources,
    with_credentials,
)
from djup.errors import UsageError
from djup.model import ManifestFile, Project

PYPI_HOST = "://pypi.org/"


def sources_of(project: Project, *, find_links: tuple[str, ...] = (), offline: bool = False) -> Sources:
    """Return the sources of a project; ``find_links`` and ``offline`` are what the user asked of this run.

    Raises UsageError for an address with a password in what was asked, as it would be put on record.
    """
    for one in find_links:
        if "@" in one.partition("://")[2].partition("/")[0]:
            host = one.rpartition("@")[2].partition("/")[0]
            hint = f"Put them into ~/.netrc (machine {host} login … password …)."
            raise UsageError("--find-links takes no address with credentials in it.", hint=hint)
    asked = Sources(find_links=tuple(_folder(one, Path.cwd()) for one in find_links), offline=offline)
    found = own_sources()
    for said in (_of_lockers(project.root), *(_of_options(project.root, file) for file in project.manifests)):
        found = found.under(with_credentials(said, os.environ))
    return found.under(asked)


def sources_for(config: Config, project: Project) -> Sources:
    """Return the sources of a project under its configuration; raises UsageError as :func:`sources_of` does."""
    return sources_of(project, find_links=config.find_links, offline=config.offline)


def _of_options(root: Path, file: ManifestFile) -> Sources:
    """What the options of a requirements file say (https://pip.pypa.io/en/stable/reference/requirements-file-format/)."""
    found = Sources()
    for option in file.options:
        name, _, value = option.replace("=", " ", 1).partition(" ")
        value = value.strip()
        if name in ("-i", "--index-url"):
            found = found.under(Sources(index=value))
        elif name == "--extra-index-url":
            found = found.under(Sources(others=(value,)))
        elif name in ("-f", "--find-links"):
            found = found.under(Sources(find_links=(_folder(value, root / file.path.parent, root),)))
        elif name == "--no-index":
            found = found.under(Sources(no_index=True))
    return found


def _folder(value: str, *bases: Path) -> str:
    """A folder as an absolute path, from the first base that has it; an address as it is."""
    if "://" in value:
        return value
    places = [base / Path(value).expanduser() for base in bases]
    return str(next((place for place in places if place.exists()), places[0]).resolve())


def _of_lockers(root: Path) -> Sources:
    """What uv.toml, pyproject.toml and Pipfile say at the root: uv, Poetry, PDM and Pipenv keep their indexes there."""
    project = _table(root / "pyproject.toml").get("tool", {})
    uv = _table(root / "uv.toml") or project.get("uv", {})
    found = of_uv_table(uv)
    poetry = project.get("poetry", {}).get("source", ())
    found = found.under(_of_sources(poetry, "POETRY_HTTP_BASIC_{}_{}"))
    found = found.under(_of_sources(project.get("pdm", {}).get("source", ()), ""))
    return found.under(_of_sources(_table(root / "Pipfile").get("source", ()), ""))


def _of_sources(entries: Any, variables: str) -> Sources:
    """Entries with a name and an address; PyPI itself is no source of its own, and what is asked by name only is."""
    found = Sources()
    for entry in entries if isinstance(entries, list) else ():
        if not isinstance(entry, Mapping) or PYPI_HOST in str(entry.get("url", PYPI_HOST)):
            continue
        url, name = str(entry["url"]), str(entry.get("name", ""))
        url = for_name(url, name, variables, os.environ) if variables else url
        if entry.get("type") == "find_links":
            found = found.under(Sources(find_links=(url,)))
        elif entry.get("priority") == "default" or entry.get("default") is True or name == "pypi":
            found = found.under(Sources(index=url))
        else:
            found = found.under(Sources(others=(url,)))
    return found


def _table(path: Path) -> dict[str, Any]:
    """A TOML file; what cannot be read says nothing here, and the manifests say what is wrong with it."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError):
        return {}
