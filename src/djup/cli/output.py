"""Printing results on stdout: a page in the form asked for, findings for other tools, and patches."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from djup.model import Finding, Record
from djup.report.document import Document
from djup.report.forms import FINDINGS, FORMS
from djup.report.visible import visible


def show(form: str, page: Record, document: Document) -> None:
    """Print a page in a form of ``FORMS``."""
    put(FORMS[form](page, document))


def show_findings(form: str, findings: Sequence[Finding]) -> None:
    """Print findings in a form of ``FINDINGS``."""
    put(FINDINGS[form](findings))


def show_patch(patch: str) -> None:
    """Print a patch: on a terminal made safe to look at, in a pipe byte for byte, as ``git apply`` needs it."""
    if not sys.stdout.isatty():
        click.echo(patch.encode("utf-8", "surrogateescape"), nl=False)
        return
    for line in patch.split("\n")[:-1]:
        click.echo(visible(line, keep="\t"))


def put(text: str) -> None:
    """Print a text that a form has made; colours in it were decided there."""
    click.echo(text, nl=False, color=True)


def tell(*parts: object) -> None:
    """Print a remark on stderr; names and messages of a project in it are made visible."""
    click.echo(visible("".join(map(str, parts))), err=True)
