"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from djup.report.forms import FORMS

HELP = {"help_option_names": ["-h", "--help"]}
"""The settings of every command; click hands them down only where a command runs below its group."""

F = TypeVar("F", bound=Callable[..., Any])


def path_argument(command: F) -> F:
    """Add ``[PATH]``, the project, by default the current folder."""
    kind = click.Path(exists=True, file_okay=False, path_type=Path)
    return click.argument("path", type=kind, default=Path())(command)


def format_option(command: F) -> F:
    """Add ``--format``."""
    return click.option(
        "--format",
        "form",
        type=click.Choice([*FORMS]),
        default="text",
        show_default=True,
        help="How to print the result.",
    )(command)


def project_options(command: F) -> F:
    """Add what a user may know better than djup can read."""
    options = [
        click.option("--settings", metavar="MODULE", help="The settings module to use."),
        click.option("--python", metavar="RELEASE", help="The Python the project runs on now, such as 3.8."),
        click.option("--test-command", metavar="COMMAND", help="How the project runs its tests, as typed in a shell."),
        click.option(
            "--env",
            "env",
            metavar="K=V",
            multiple=True,
            callback=_pairs,
            help="A variable the project needs; repeatable.",
        ),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def source_options(command: F) -> F:
    """Add where packages come from, beyond what the project and the user's files say."""
    options = [
        click.option("--offline", is_flag=True, default=None, help="Ask no package index; use what is here."),
        click.option(
            "--find-links",
            metavar="WHERE",
            multiple=True,
            callback=_absolute,
            help="A folder of wheels, or a page that links to wheels; repeatable.",
        ),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def target_options(command: F) -> F:
    """Add where to go and how."""
    options = [
        click.option(
            "--to",
            metavar="RELEASE",
            help="Where to go: a release or version (5.2, 5.2.8), or latest, lts, supported, patch. [default: latest]",
        ),
        click.option(
            "--via", type=click.Choice(["each", "lts"]), help="Stop at each release, or only at LTS releases."
        ),
        click.option("--one-hop", is_flag=True, help="Plan only the first hop."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def _absolute(_context: click.Context, _option: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """Folders from the root, as a run may go on from another place."""
    return tuple(value if "://" in value else str(Path(value).resolve()) for value in values)


def _pairs(_context: click.Context, option: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    pairs = {}
    for value in values:
        name, sign, text = value.partition("=")
        if not sign or not name:
            raise click.BadParameter(f"'{value}' is not of the form NAME=VALUE.", param=option)
        pairs[name] = text
    return pairs


def names(_context: click.Context, _option: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of a repeatable option, each of which may hold several with commas between them."""
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())
