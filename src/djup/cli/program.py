"""The ``djup`` program: its commands, each in a module of its own."""

from __future__ import annotations

import importlib

import click

from djup import __version__
from djup.cli.options import HELP

COMMANDS = (
    "status",
    "doctor",
    "plan",
    "packages",
    "upgrade",
    "tests",
    "warnings",
    "report",
    "fix",
    "guide",
    "changes",
    "explain",
    "check",
    "lifecycle",
)
"""The commands, in the order of --help; each is a function of its name in the module of its name."""

EXIT_CODES = """\b
Exit codes:
  0    done
  1    findings
  2    usage: the call, the configuration or the project
  3    a person is needed
  4    the baseline is not green
  5    an environment or a resolution failed
  70   a bug in djup
  130  interrupted"""


class Program(click.Group):
    """A group that loads a command when it is asked for: one command needs not wait for the imports of all."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's own name and place
        """The names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # as above
        """A command by its name, None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        command = getattr(importlib.import_module(f"djup.cli.{cmd_name}"), cmd_name)
        return command if isinstance(command, click.Command) else None


@click.group(
    cls=Program,
    invoke_without_command=True,
    epilog=EXIT_CODES,
    context_settings=HELP,
)
@click.version_option(__version__, "-V", "--version", prog_name="djup")
@click.pass_context
def program(context: click.Context) -> None:
    """Upgrade a Django project, release by release, with its tests still passing.

    Without a command: the status of the project here, and the next command to type.
    """
    if context.invoked_subcommand is None:
        command = program.get_command(context, COMMANDS[0])
        if command is not None:
            context.invoke(command)
