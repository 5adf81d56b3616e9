"""The one place where an error becomes a message and an exit code."""

from __future__ import annotations

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
from djup.errors import DjupError, Interrupted

DONE, USAGE, INTERRUPTED, BUG = 0, 2, 130, 70


def guarded(command: click.Command, arguments: list[str] | None = None) -> int:
    """Run a command and return its exit code; every error ends as one paragraph on stderr."""
    signal.signal(signal.SIGTERM, _on_terminate)
    try:
        result = command.main(args=arguments, prog_name="djup", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return USAGE
    except (KeyboardInterrupt, click.Abort):
        _say("djup: interrupted; nothing is half-written. Run the same command again to go on.")
        return INTERRUPTED
    except DjupError as error:
        _say(f"djup: {error}")
        return error.exit_code
    except BrokenPipeError:
        # The reader of stdout has gone (`djup … | head`); keep the interpreter from complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as error:  # noqa: BLE001  # the boundary: a bug is told, with where its traceback lies
        kind, report = type(error).__name__, _write_crash(error)
        _say(f"djup: this is a bug in djup: {kind}: {error}. Please report it with {report}.")
        return BUG
    return result if isinstance(result, int) else DONE


def _say(text: str) -> None:
    click.echo(text, err=True)


def _on_terminate(_number: int, _frame: FrameType | None) -> None:
    raise Interrupted("stopped by SIGTERM.", hint="Run the same command again to go on.")


def _write_crash(error: Exception) -> Path:
    """Keep the traceback with the versions that matter, and return where."""
    about = f"djup {__version__}, Python {platform.python_version()}, {platform.platform()}\n\n"
    handle, name = tempfile.mkstemp(prefix="djup-crash-", suffix=".txt")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(about + "".join(traceback.format_exception(error)))
    return Path(name)
