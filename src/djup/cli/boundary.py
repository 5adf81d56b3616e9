"""The one place where an error becomes a message and an exit code."""

from __future__ import annotations

import io
import os
import platform
import signal
import sys
import tempfile
import traceback
from pathlib import Path
from types import FrameType

import click

from djup import __version__
from djup.cli.output import tell
from djup.errors import DjupError, Interrupted

DONE, USAGE, INTERRUPTED, BUG = 0, 2, 130, 70


def guarded(command: click.Command, arguments: list[str] | None = None) -> int:
    """Run a command and return its exit code; every error ends as one paragraph on stderr."""
    signal.signal(signal.SIGTERM, _on_terminate)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # where a locale lacks a letter, its escape is better than a crash
            stream.reconfigure(errors="backslashreplace")
    try:
        result = command.main(args=arguments, prog_name="djup", standalone_mode=False)
    except click.ClickException as error:
        _show_usage(error)
        return USAGE
    except (KeyboardInterrupt, click.Abort):
        tell("djup: interrupted; nothing is half-written. Run the same command again to go on.")
        return INTERRUPTED
    except DjupError as error:
        tell(f"djup: {error}")
        return error.exit_code
    except BrokenPipeError:
        # The reader of stdout has gone (`djup … | head`); keep the interpreter from complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as error:  # noqa: BLE001  # the boundary: a bug is told, with where its traceback lies
        kind, report = type(error).__name__, _write_crash(error)
        tell(f"djup: this is a bug in djup: {kind}: {error}. Please report it with {report}.")
        return BUG
    return result if isinstance(result, int) else DONE


def _show_usage(error: click.ClickException) -> None:
    """Say what click found wrong in the call; what was typed may come from a file name."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context is not None:
        click.echo(context.get_usage(), err=True)
        click.echo(f"Try '{context.command_path} -h' for help.\n", err=True)
    tell(f"Error: {error.format_message()}")


def _on_terminate(_number: int, _frame: FrameType | None) -> None:
    raise Interrupted("stopped by SIGTERM.", hint="Run the same command again to go on.")


def _write_crash(error: Exception) -> Path:
    """Keep the traceback with the versions that matter, and return where."""
    about = f"djup {__version__}, Python {platform.python_version()}, {platform.platform()}\n\n"
    handle, name = tempfile.mkstemp(prefix="djup-crash-", suffix=".txt")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(about + "".join(traceback.format_exception(error)))
    return Path(name)
