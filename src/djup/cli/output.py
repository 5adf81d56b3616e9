"""Printing results: text, JSON with a schema version, or Markdown, on stdout."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import click
from rich.console import Console

from djup.model import to_builtins

WIDE = 160
"""Columns of a line where no terminal tells its width."""


def console() -> Console:
    """The console results are printed on; a pipe gets lines as long as they are."""
    plain = Console(markup=False)
    return plain if plain.is_terminal else Console(width=WIDE, highlight=False, markup=False)


def print_json(record: Any) -> None:
    """Print a record as JSON."""
    click.echo(json.dumps(to_builtins(record), indent=2, ensure_ascii=False))


def print_as(form: str, record: Any, *, text: Callable[[Console], None], markdown: Callable[[], str]) -> None:
    """Print a record in the form asked for."""
    if form == "json":
        print_json(record)
    elif form == "markdown":
        click.echo(markdown(), nl=False)
    else:
        text(console())
