"""The rewritings of commands."""

from __future__ import annotations

from collections.abc import Mapping

from djup.fixers.commands import (
    abbreviated_options,
    call_command,
    dumpdata,
    handle_app,
    manage_script,
    migrate,
    option_list,
    positional_arguments,
    requires_system_checks,
    shell,
    unknown_options,
    write_migration_list,
)
from djup.fixers.kinds import Condition, Fixer

FIXERS: Mapping[str, Fixer] = {
    "abbreviated_options": abbreviated_options.abbreviated_options,
    "command_arguments": positional_arguments.command_arguments,
    "dumpdata_natural": dumpdata.dumpdata_natural,
    "execute_manager": manage_script.execute_manager,
    "fake_initial": migrate.fake_initial,
    "handle_app": handle_app.handle_app,
    "makemigrations_exit": call_command.makemigrations_exit,
    "migrate_list": write_migration_list.migrate_list,
    "no_args_command": option_list.no_args_command,
    "option_list": option_list.option_list,
    "shell_plain": shell.shell_plain,
    "syncdb_options": migrate.syncdb_options,
    "system_checks": requires_system_checks.system_checks,
    "unknown_options": unknown_options.unknown_options,
}

CONDITIONS: Mapping[str, Condition] = {
    "command_arguments": positional_arguments.uses_args,
}
