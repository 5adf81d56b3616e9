"""Write docs/commands.md from the commands' own help."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from djup.cli.program import program

PAGE = Path(__file__).parent.parent / "docs" / "commands.md"
HEAD = "# Commands\n\nWhat `djup COMMAND --help` prints; written by `make docs`.\n"
WIDTH = 100


def commands(group: click.Group, names: tuple[str, ...] = ("djup",)) -> list[tuple[str, str]]:
    """Every command's name and help, the group first."""
    context = click.Context(group, info_name=" ".join(names), terminal_width=WIDTH, max_content_width=WIDTH)
    found = [(" ".join(names), group.get_help(context))]
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            found += commands(command, (*names, name))
        elif command is not None:
            inner = click.Context(
                command, info_name=" ".join((*names, name)), terminal_width=WIDTH, max_content_width=WIDTH
            )
            found.append((" ".join((*names, name)), command.get_help(inner)))
    return found


def page() -> str:
    """The page as it should be."""
    parts = [f"## {name}\n\n```text\n{text.rstrip()}\n```\n" for name, text in commands(program)]
    return "\n".join([HEAD, *parts])


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"{PAGE}\n")
