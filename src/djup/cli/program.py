"""The ``djup`` program: its commands, each in a module of its own."""

from __future__ import annotations

import click

from djup import __version__
from djup.cli.changes import changes
from djup.cli.check import check
from djup.cli.doctor import doctor
from djup.cli.explain import explain
from djup.cli.fix import fix
from djup.cli.guide import guide
from djup.cli.lifecycle import lifecycle
from djup.cli.packages import packages
from djup.cli.plan import plan
from djup.cli.report import report
from djup.cli.status import status
from djup.cli.upgrade import upgrade
from djup.cli.warnings import warnings

COMMANDS: tuple[click.Command, ...] = (
    status,
    doctor,
    plan,
    packages,
    upgrade,
    warnings,
    report,
    fix,
    guide,
    changes,
    explain,
    check,
    lifecycle,
)

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


@click.group(invoke_without_command=True, epilog=EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", prog_name="djup")
@click.pass_context
def program(context: click.Context) -> None:
    """Upgrade a Django project, release by release, with its tests still passing.

    Without a command: the status of the project here, and the next command to type.
    """
    if context.invoked_subcommand is None:
        context.invoke(status)


for _command in COMMANDS:
    program.add_command(_command)
