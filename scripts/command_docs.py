"""Write docs/commands.md from the commands' own help."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from click.testing import CliRunner

from djup.cli.program import program

PAGE = Path(__file__).parent.parent / "docs" / "commands.md"
HEAD = "# Commands\n\nWhat `djup COMMAND -h` prints; written by `make docs`.\n"
WIDTH = 100


def commands(group: click.Group, names: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """Every command's name and the help it prints, the group first."""
    context = click.Context(group)
    found = [(" ".join(("djup", *names)), _help(names))]
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            found += commands(command, (*names, name))
        elif command is not None:
            found.append((" ".join(("djup", *names, name)), _help((*names, name))))
    return found


def _help(names: tuple[str, ...]) -> str:
    """What a command prints for -h on a terminal of 100 columns."""
    ran = CliRunner().invoke(
        program, [*names, "-h"], prog_name="djup", terminal_width=WIDTH, max_content_width=WIDTH, catch_exceptions=False
    )
    return ran.output


def page() -> str:
    """The page as it should be."""
    parts = [f"## {name}\n\n```text\n{text.rstrip()}\n```\n" for name, text in commands(program)]
    return "\n".join([HEAD, *parts])


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"{PAGE}\n")
