"""Programs are started by argument lists, end in time, and leave nothing running."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from djup.process import ProgramMissingError, contained, environment, isolates_network, run

SPAWN = "import subprocess, sys, time; child = subprocess.Popen(['sleep', '60']); print(child.pid, flush=True); time.sleep(60)"


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except FileNotFoundError:
        return False


def gone(pid: int) -> bool:
    deadline = time.monotonic() + 5
    while alive(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not alive(pid)


def test_output_and_errors_are_returned_apart():
    ran = run(["sh", "-c", "echo out; echo err >&2; exit 3"])
    assert (ran.output, ran.errors, ran.returncode, ran.ok) == ("out\n", "err\n", 3, False)


def test_a_log_takes_both(tmp_path: Path):
    ran = run(["sh", "-c", "echo out; echo err >&2"], log=tmp_path / "deep" / "x.log")
    assert ran.tail() == "out\nerr"
    assert ran.output == ""


def test_nothing_reads_a_shell_string():
    assert run(["echo", "$HOME; ls"]).output == "$HOME; ls\n"


def test_stdin_is_empty_unless_given():
    assert run(["cat"]).output == ""
    assert run(["cat"], stdin="text").output == "text"


def test_a_time_limit_ends_the_whole_group():
    ran = run([sys.executable, "-c", SPAWN], timeout=1)
    assert ran.timed_out
    assert gone(int(ran.output))


def test_a_missing_program_is_named():
    with pytest.raises(ProgramMissingError, match="'no-such-program' is not there"):
        run(["no-such-program"])


def test_watch_is_called_while_it_runs():
    calls: list[int] = []
    run(["sleep", "1.2"], watch=lambda: calls.append(1))
    assert calls


def test_the_shells_python_variables_do_not_reach_the_project(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "mine")
    monkeypatch.setenv("PYTHONPATH", "/mine")
    kept = environment({"A": "1"})
    assert "DJANGO_SETTINGS_MODULE" not in kept
    assert "PYTHONPATH" not in kept
    assert kept["A"] == "1"


@pytest.mark.parametrize("network", ["none", "host"])
def test_children_die_with_a_killed_djup(network: str, tmp_path: Path):
    script = tmp_path / "djup_like.py"
    script.write_text(
        "import sys\n"
        "from djup.process import contained, run\n"
        f"run(contained(['sh', '-c', 'sleep 61.{os.getpid() % 1000}'], network={network!r}))\n"
    )
    parent = subprocess.Popen([sys.executable, str(script)])
    mark = f"sleep 61.{os.getpid() % 1000}"

    def sleepers() -> list[int]:
        found = subprocess.run(["pgrep", "-f", f"^{mark}"], capture_output=True, text=True, check=False).stdout.split()
        return [int(pid) for pid in found]

    deadline = time.monotonic() + 15
    while not sleepers() and time.monotonic() < deadline:
        time.sleep(0.05)
    pids = sleepers()
    assert pids
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    assert all(gone(pid) for pid in pids)


@pytest.mark.skipif(not isolates_network(), reason="this system lets nobody make network namespaces")
def test_without_a_network_only_the_loopback_answers():
    code = (
        "import socket\n"
        "server = socket.create_server(('127.0.0.1', 0))\n"
        "socket.create_connection(server.getsockname(), timeout=2)\n"
        "try:\n    socket.create_connection(('192.0.2.1', 9), timeout=2)\n"
        "except OSError as error:\n    print(type(error).__name__, error.errno == 101)\n"
    )
    ran = run(contained([sys.executable, "-c", code], network="none"))
    assert ran.output.strip() == "OSError True"
