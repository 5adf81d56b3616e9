"""The only module that starts programs: argument lists, log files, time limits, and nothing left running behind."""

from __future__ import annotations

import contextlib
import functools
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Literal

from djup.errors import DjupError
from djup.model import Record

PROJECT_BLIND = (
    "DJANGO_SETTINGS_MODULE", "PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP", "PYTHONWARNINGS", "PYTHONDONTWRITEBYTECODE",
    "PYTHONOPTIMIZE", "VIRTUAL_ENV", "CONDA_PREFIX", "PYENV_VERSION", "__PYVENV_LAUNCHER__", "UV_PYTHON", "UV_PROJECT",
)  # fmt: skip
"""Variables of the user's shell that would change what the project's own Python does."""

Network = Literal["none", "host"]


PASSWORD = re.compile(r"(://[^/\s:@'\"]*:)([^/\s@'\"]+)(?=@)")
"""A password in an address."""


def redacted(text: str) -> str:
    """Return a text without the passwords of the addresses in it."""
    return PASSWORD.sub(r"\1****", text) if "://" in text else text


def _redact_file(log: Path) -> None:
    """Take the passwords of addresses out of what a program wrote, so that no log holds one."""
    data = log.read_bytes()
    if b"://" in data and b"@" in data:
        text = data.decode("utf-8", "surrogateescape")
        clean = redacted(text)
        if clean != text:
            log.write_bytes(clean.encode("utf-8", "surrogateescape"))


class Ran(Record):
    """A program that ran. ``output`` is stdout (with stderr where no log took it).

    ``returncode`` is negative for a signal.
    """

    argv: tuple[str, ...]
    returncode: int
    seconds: float
    output: str = ""
    errors: str = ""
    log: str = ""
    timed_out: bool = False

    @property
    def ok(self) -> bool:
        """Whether it ended with code 0 in time."""
        return self.returncode == 0 and not self.timed_out

    def tail(self, lines: int = 15) -> str:
        """The last lines it wrote, from the log where there is one."""
        text = Path(self.log).read_text(encoding="utf-8", errors="replace") if self.log else self.output + self.errors
        return redacted("\n".join(text.rstrip().splitlines()[-lines:]))


class ProgramMissingError(DjupError):
    """A program djup needs is not installed."""

    exit_code = 5
    verdict = "environment-failed"


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the user's environment without what would change the project's Python, plus ``extra``."""
    kept = {name: value for name, value in os.environ.items() if name not in PROJECT_BLIND}
    return {**kept, **(extra or {})}


def run(
    argv: Sequence[str | Path],
    *,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    log: Path | None = None,
    timeout: float | None = None,
    stdin: str | None = None,
    watch: Callable[[], None] | None = None,
) -> Ran:
    """Run a program to its end and return what it left.

    Its whole process group dies with it, with us, or at ``timeout`` seconds.

    With ``log``, stdout and stderr go to that file (made anew); without, they are returned. ``watch`` is called about
    twice
    a second while it runs. ``env`` is the whole environment (default: :func:`environment`). Raises ProgramMissingError.
    """
    words = [str(word) for word in argv]
    tied = words if words[:1] == list(_tie()[:1]) else [*_tie(), *words]
    started = time.monotonic()
    settled = dict(environment() if env is None else env)
    if shutil.which(words[0], path=settled.get("PATH")) is None:
        raise ProgramMissingError(
            f"the program '{words[0]}' is not there.", hint="Install it, then run the same command again."
        )
    if log is not None:
        log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") if log is not None else contextlib.nullcontext() as sink:
        child = subprocess.Popen(
            tied,
            cwd=cwd,
            env=settled,
            stdin=subprocess.DEVNULL if stdin is None else subprocess.PIPE,
            stdout=sink or subprocess.PIPE,
            stderr=subprocess.STDOUT if sink else subprocess.PIPE,
            start_new_session=True,
        )
    output, errors, timed_out = _attend(child, stdin, started, timeout, watch)
    if log is not None:
        _redact_file(log)
    return Ran(
        argv=tuple(words),
        returncode=child.returncode,
        seconds=time.monotonic() - started,
        output=output.decode("utf-8", "replace"),
        errors=redacted(errors.decode("utf-8", "replace")),
        log=str(log) if log is not None else "",
        timed_out=timed_out,
    )


@functools.cache
def _tie() -> tuple[str, ...]:
    """The prefix that ends a program when djup ends, even by SIGKILL; empty where util-linux has none."""
    prefix = ("setpriv", "--pdeathsig", "KILL", "--")
    works = (
        shutil.which("setpriv") and subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode == 0
    )
    return prefix if works else ()


def _attend(
    child: subprocess.Popen[bytes],
    stdin: str | None,
    started: float,
    timeout: float | None,
    watch: Callable[[], None] | None,
) -> tuple[bytes, bytes, bool]:
    """Wait for the child, feeding and watching it; whatever ends the wait also ends the child's group."""
    feed = None if stdin is None else stdin.encode()
    try:
        while True:
            try:
                output, errors = child.communicate(feed, timeout=0.5 if watch or timeout else None)
            except subprocess.TimeoutExpired:
                feed = None
                if watch:
                    watch()
                if timeout and time.monotonic() - started > timeout:
                    _end_group(child)
                    output, errors = child.communicate()
                    return output or b"", errors or b"", True
            else:
                return output or b"", errors or b"", False
    finally:
        _end_group(child)


def _end_group(child: subprocess.Popen[bytes]) -> None:
    """Kill what is left of the child's process group; a group already gone is fine."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    if child.poll() is None:
        child.kill()
        child.wait()


def contained(argv: Sequence[str | Path], *, network: Network = "host") -> list[str]:
    """Return the arguments that run ``argv`` so that none of its processes outlives djup; ``none`` cuts the network.

    Uses bubblewrap, else util-linux's unshare, where the system lets us make namespaces; else only the process group
    contains it.
    """
    return [*_container(network), *(str(word) for word in argv)]


@functools.cache
def _container(network: Network) -> tuple[str, ...]:
    """The first prefix that really works on this machine, tried once per run."""
    for prefix in _candidates(network):
        if (
            shutil.which(prefix[0])
            and subprocess.run([*prefix, "true"], capture_output=True, check=False, timeout=20).returncode == 0
        ):
            return prefix
    return ()


def _candidates(network: Network) -> list[tuple[str, ...]]:
    alone = network == "none"
    loopback = (sys.executable, "-I", str(Path(__file__).parent / "probes" / "loopback.py")) if alone else ()
    bubble = (
        "bwrap",
        "--dev-bind",
        "/",
        "/",
        "--proc",
        "/proc",
        "--unshare-pid",
        "--die-with-parent",
        *(["--unshare-net"] if alone else []),
    )
    spaces = ("--pid", "--fork", "--kill-child=KILL", "--mount-proc", *(["--net"] if alone else []))
    unshare = (*_tie(), "unshare")
    return [
        (*bubble, "--"),
        (*unshare, *spaces, "--", *loopback),
        (*unshare, "--user", "--map-root-user", *spaces, "--", *loopback),
    ]


def isolates_network() -> bool:
    """Whether ``contained(..., network="none")`` really cuts the network off here."""
    return bool(_container("none"))
