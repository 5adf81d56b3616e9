"""``djup lifecycle``: product pages checked, kept current, and made into a site."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from djup.cli.output import print_json
from djup.lifecycle.pages import read_paths
from djup.lifecycle.problems import Problem
from djup.lifecycle.rules import validate_all
from djup.lifecycle.schema import page_schema
from djup.model import Record
from djup.report.run import SCHEMA_VERSION

FILES = click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="FILES..."
)


class ValidationPage(Record):
    """What ``djup lifecycle validate`` found."""

    schema_version: int
    pages: int
    problems: tuple[Problem, ...]


@click.group()
def lifecycle() -> None:
    """Look up, check, refresh and serve which release of which product is supported until when."""


@lifecycle.command()
@FILES
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--strict", is_flag=True, help="Let warnings count too.")
def validate(files: tuple[Path, ...], form: str, *, strict: bool) -> int:
    """Check product pages (files, or folders of *.md) and name file, line, key and rule; exit 1 on errors."""
    pages = read_paths(files)
    problems = validate_all(pages, dt.datetime.now(dt.UTC).date())
    if form == "json":
        print_json(ValidationPage(schema_version=SCHEMA_VERSION, pages=len(pages), problems=problems))
    else:
        for problem in problems:
            click.echo(str(problem))
        click.echo(f"{len(pages)} pages, {len(problems)} problems", err=True)
    return 1 if any(strict or problem.level == "error" for problem in problems) else 0


@lifecycle.command()
def schema() -> None:
    """Print the JSON Schema of a product page's front matter."""
    print_json(page_schema())
