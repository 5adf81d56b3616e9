"""Pipfile.lock, by the newest Pipenv for the project's Python: the format has not changed since 2018."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from packaging.utils import canonicalize_name

from djup.packages.lockers.workshop import Workshop

NAME = "pipenv"

ROUNDS = 2
"""Times that packages which moved unasked are asked to stay; what moves still has to."""

CATEGORIES = {"packages": "default", "dev-packages": "develop"}
"""How a category of the Pipfile is called in the lock; others keep their name."""


def makes(path: PurePosixPath, text: str) -> bool:  # noqa: ARG001  # the name alone tells
    """Whether a lock is one of Pipenv's."""
    return path.name == "Pipfile.lock"


def relock(shop: Workshop, lock: PurePosixPath, pins: Mapping[str, str]) -> str:
    """Upgrade the pinned packages in the lock alone; what Pipenv writes into the Pipfile for that is taken back.

    Pipenv then checks that the lock belongs to the Pipfile.
    """
    python, version = shop.tool(NAME, inside=True)
    folder = shop.folder / lock.parent
    manifest = lock.with_name("Pipfile")
    env = {
        "PIPENV_IGNORE_VIRTUALENVS": "1",
        "PIPENV_NOSPIN": "1",
        "PIPENV_YES": "1",
        "PIPENV_VENV_IN_PROJECT": "1",
        "PIPENV_PYTHON": str(shop.interpreter.path),
        "PIPENV_DEFAULT_PYTHON_VERSION": str(shop.interpreter.path),
        "PYTHONHASHSEED": "0",
    }
    true = shop.text(manifest)
    declared = tomllib.loads(true)
    old = shop.text(lock)

    def upgrade(wanted: Mapping[str, str]) -> None:
        try:
            for category, names in _by_category(json.loads(old), wanted).items():
                words = [f"{name}=={wanted[name]}" for name in names]
                option = {"develop": ["--dev"], "default": []}.get(category, ["--categories", category])
                run: list[str | Path] = [python, "-m", "pipenv", "upgrade", "--lock-only", *option, *words]
                shop.run(run, env=env, log=f"pipenv-upgrade-{category}-{len(wanted)}", cwd=folder)
        finally:
            shop.write(manifest, true)

    if pins:
        upgrade(pins)
        for _ in range(ROUNDS):
            stray = _stray(old, shop.text(lock), pins)
            if not stray:
                break
            shop.write(lock, old)
            upgrade({**pins, **stray})
    else:
        shop.run([python, "-m", "pipenv", "lock"], env=env, log="pipenv-lock", cwd=folder)
    shop.write(lock, settle(shop.text(lock), declared))
    shop.run([python, "-m", "pipenv", "verify"], env=env, log="pipenv-verify", cwd=folder)
    return f"Pipenv {version}"


def _by_category(locked: Mapping[str, Mapping[str, Any]], pins: Mapping[str, str]) -> dict[str, list[str]]:
    """The pinned packages of each category of the lock; one the lock does not have yet comes into the first."""
    found: dict[str, list[str]] = {}
    for category, packages in locked.items():
        names = {canonicalize_name(name) for name in packages}
        if category != "_meta" and (kept := sorted(name for name in pins if name in names)):
            found[category] = kept
    return found


def _stray(old: str, new: str, pins: Mapping[str, str]) -> dict[str, str]:
    """The packages that moved though nothing asked for it, with the versions they had."""
    before, after = _versions(old), _versions(new)
    return {name: before[name] for name in before if name in after and name not in pins and before[name] != after[name]}


def _versions(text: str) -> dict[str, str]:
    return {
        canonicalize_name(name): str(entry["version"]).removeprefix("==")
        for category, packages in json.loads(text).items()
        if category != "_meta"
        for name, entry in packages.items()
        if isinstance(entry, dict) and "version" in entry
    }


def settle(text: str, declared: Mapping[str, Any]) -> str:
    """The text of a lock as the true Pipfile asks for it: with its hash, and an index only for what it names itself.

    The hash is that of the Pipfile's canonical JSON, as Pipenv makes it.
    """
    lock = json.loads(text)
    for section, category in _categories(declared).items():
        own = {canonicalize_name(name) for name in declared.get(section, {})}
        for name, entry in lock.get(category, {}).items():
            if canonicalize_name(name) not in own and isinstance(entry, dict):
                entry.pop("index", None)
    lock["_meta"]["hash"] = {"sha256": pipfile_hash(declared)}
    return json.dumps(lock, indent=4, separators=(",", ": "), sort_keys=True, ensure_ascii=False) + "\n"


def pipfile_hash(declared: Mapping[str, Any]) -> str:
    """The hash by which a lock knows its Pipfile."""
    data: dict[str, Any] = {
        "_meta": {"sources": declared.get("source", []), "requires": declared.get("requires", {})},
        "default": declared.get("packages", {}),
        "develop": declared.get("dev-packages", {}),
    }
    data |= {category: declared[section] for section, category in _categories(declared).items() if section in declared}
    return hashlib.sha256(json.dumps(data, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _categories(declared: Mapping[str, Any]) -> dict[str, str]:
    own = [name for name in declared if name not in ("source", "requires", "scripts", "pipenv", *CATEGORIES)]
    return {**CATEGORIES, **{name: name for name in own}}
