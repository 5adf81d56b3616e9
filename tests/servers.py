"""Database servers for tests: real ones, on a free port of the loopback, in a folder of their own, stopped at the end."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

USER = "nobody"
"""Who runs PostgreSQL where the tests are run by root, as whom it does not start."""

START_SECONDS = 30.0


def program(name: str, *folders: str) -> str | None:
    """Where a server's program is: on the path, or in a folder (the newest) that Debian puts it in."""
    found = [file for pattern in folders for file in sorted(Path("/").glob(f"{pattern}/{name}"), reverse=True)]
    return shutil.which(name) or (str(found[0]) if found else None)


def postgresql_program(name: str) -> str | None:
    """Where a program of PostgreSQL is."""
    return program(name, "usr/lib/postgresql/*/bin")


def mariadb_program(name: str) -> str | None:
    """Where a program of MariaDB is."""
    return program(name, "usr/sbin", "usr/bin")


@contextlib.contextmanager
def postgresql() -> Iterator[int]:
    """A PostgreSQL server with a user ``shop`` that needs no password; its port."""
    initdb, postgres = postgresql_program("initdb"), postgresql_program("postgres")
    assert initdb
    assert postgres
    with _folder() as folder:
        port = _free_port()
        asked = [initdb, "-D", str(folder / "data"), "-U", "shop", "-A", "trust", "-E", "UTF8", "--locale", "C"]
        subprocess.run(_as_other(asked), check=True, capture_output=True)
        where = ["-h", "127.0.0.1", "-p", str(port), "-k", str(folder), "-c", "fsync=off"]
        with _served([postgres, "-D", str(folder / "data"), *where], folder, port):
            yield port


@contextlib.contextmanager
def mariadb() -> Iterator[int]:
    """A MariaDB server with a user ``root`` that needs no password; its port."""
    install, server = mariadb_program("mariadb-install-db"), mariadb_program("mariadbd")
    assert install
    assert server
    with _folder() as folder:
        port = _free_port()
        own = [f"--datadir={folder / 'data'}"]
        made = [install, "--no-defaults", *own, "--auth-root-authentication-method=normal", "--skip-test-db"]
        subprocess.run(_as_other(made), check=True, capture_output=True)
        where = [
            f"--port={port}",
            "--bind-address=127.0.0.1",
            f"--socket={folder / 's'}",
            f"--pid-file={folder / 'pid'}",
        ]
        with _served([server, "--no-defaults", *own, *where, "--skip-name-resolve"], folder, port):
            yield port


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    """A folder that belongs to whom the server runs as; not below pytest's, which only its owner may enter."""
    with tempfile.TemporaryDirectory(prefix="djup-server-", ignore_cleanup_errors=True) as name:
        if os.geteuid() == 0:
            os.chown(name, pwd.getpwnam(USER).pw_uid, -1)
        yield Path(name)


def _as_other(argv: list[str]) -> list[str]:
    who = [f"--reuid={USER}", "--clear-groups"] if os.geteuid() == 0 else []
    return ["setpriv", *who, "--pdeathsig=TERM", "--", *argv]


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextlib.contextmanager
def _served(argv: list[str], folder: Path, port: int) -> Iterator[None]:
    """Run a server until it listens, and stop it when it is no longer needed."""
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(_as_other(argv), stdout=log, stderr=log)
    try:
        deadline = time.monotonic() + START_SECONDS
        while not _listens(port):
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"the server does not start: {(folder / 'log').read_text(errors='replace')[-2000:]}")
            time.sleep(0.1)
        yield
    finally:
        server.terminate()
        try:
            server.wait(timeout=20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _listens(port: int) -> bool:
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0
