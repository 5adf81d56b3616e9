"""What the user wants: options, then DJUP_* variables, then djup.toml or [tool.djup], then defaults.

Each value knows its source.
"""

from __future__ import annotations

import datetime as dt
import difflib
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, get_type_hints

import msgspec

from djup.errors import UsageError
from djup.model import Record


class Config(Record):
    """The settled configuration of a run. ``origins`` maps each key that was set to where it was set."""

    to: str = "latest"
    via: Literal["each", "lts"] = "each"
    branch: str = ""
    settings: str = ""
    python: str = ""
    test_command: str = ""
    env: Mapping[str, str] = {}
    network: Literal["auto", "none", "host"] = "auto"
    test_timeout: int = 3600
    skip: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    requirements: tuple[str, ...] = ()
    accept_failures: bool = False
    packages: bool = True
    only_packages: tuple[str, ...] = ()
    skip_packages: tuple[str, ...] = ()
    offline: bool = False
    find_links: tuple[str, ...] = ()
    allowed_packages: tuple[str, ...] = ()
    within: Annotated[str, msgspec.Meta(pattern=r"^\d{1,4}d$")] = "7d"
    smoke: bool | Literal["auto"] = "auto"
    accept_differences: tuple[str, ...] = ()
    repeat_baseline: bool = False
    origins: Mapping[str, str] = {}

    @property
    def cooldown(self) -> dt.timedelta:
        """How old a file of a package has to be before the last hop takes it."""
        return dt.timedelta(days=int(self.within.removesuffix("d")))


FILE_KEYS = tuple(name for name in Config.__struct_fields__ if name != "origins")

LISTS = (
    "skip",
    "exclude",
    "requirements",
    "only_packages",
    "skip_packages",
    "find_links",
    "allowed_packages",
    "accept_differences",
)
"""Keys whose values a variable separates by commas."""


def load_config(root: Path, options: Mapping[str, Any], environ: Mapping[str, str]) -> Config:
    """Settle the configuration of a project.

    ``options`` are those given on the command line (None and empty values count as not given). Raises UsageError
    naming the file, the
    line and a suggestion for a key or a value that does not fit.
    """
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for origin, layer in [
        _from_file(root),
        ("environment", _from_environ(environ)),
        ("command line", _given(options)),
    ]:
        for key, value in layer.items():
            values[key] = {**values.get("env", {}), **value} if key == "env" else value
            origins[key] = origin if origin != "environment" else f"DJUP_{key.upper()}"
    return Config(**values, origins=origins)


def _given(options: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: _fit(key, value, "the command line", None, 0)
        for key, value in options.items()
        if value not in (None, "", (), {})
    }


def _from_environ(environ: Mapping[str, str]) -> dict[str, Any]:
    """DJUP_TO=5.2 and the like.

    Lists are separated by commas, DJUP_ENV is not read (it would name variables by variables).
    """
    layer = {}
    for key in FILE_KEYS:
        text = environ.get(f"DJUP_{key.upper()}")
        if text and key != "env":
            value: Any = tuple(part.strip() for part in text.split(",")) if key in LISTS else text
            layer[key] = _fit(key, value, f"DJUP_{key.upper()}", None, 0)
    return layer


def _from_file(root: Path) -> tuple[str, dict[str, Any]]:
    """The table of djup.toml, else [tool.djup] of pyproject.toml, checked key by key."""
    for name in ("djup.toml", "pyproject.toml"):
        path = root / name
        if not path.is_file():
            continue
        text = path.read_text(encoding="utf-8")
        try:
            table = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise UsageError(
                f"this is not TOML: {error}.",
                path=path,
                hint="Mend the file, then run the same command again.",
            ) from error
        if name == "pyproject.toml":
            table = table.get("tool", {}).get("djup", {})
        if name == "djup.toml" or table:
            return name, {
                key.replace("-", "_"): _fit(key, value, name, path, _line_of(text, key)) for key, value in table.items()
            }
    return "", {}


def _fit(key: str, value: Any, origin: str, path: Path | None, line: int) -> Any:
    name = key.replace("-", "_")
    if name not in FILE_KEYS:
        near = difflib.get_close_matches(name, FILE_KEYS, n=1)
        hint = f"Did you mean '{near[0]}'?" if near else f"Known keys: {', '.join(FILE_KEYS)}."
        raise UsageError(f"'{key}' is not a setting of djup.", hint=hint, path=path, line=line)
    try:
        return msgspec.convert(value, get_type_hints(Config, include_extras=True)[name], strict=path is not None)
    except msgspec.ValidationError as error:
        raise UsageError(
            f"{origin}: '{key}' does not fit: {error}.",
            path=path,
            line=line,
            hint="See docs/configuration.md.",
        ) from error


def _line_of(text: str, key: str) -> int:
    """The line a key is set at, 0 if it cannot be told (a dotted or quoted key)."""
    for number, line in enumerate(text.splitlines(), start=1):
        if line.split("=")[0].strip() == key:
            return number
    return 0
