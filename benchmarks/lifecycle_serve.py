"""Measure requests per second of ``djup lifecycle serve`` for one product's JSON, next to nginx with the same file.

    python benchmarks/lifecycle_serve.py

Needs wrk; the figure of nginx is left out where it is not installed. 32 connections on the loopback, median of three.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

PATH = "/api/django.json"
GOAL = 2000


def main() -> int:
    """Print the figures; the exit code is 1 where the goal is missed."""
    if shutil.which("wrk") is None:
        sys.exit("wrk is not installed")
    with djup() as address:
        own = measure(address + PATH)
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores, wrk included")
    print(f"djup lifecycle serve: {own:,.0f} requests/s")
    if shutil.which("nginx"):
        with nginx() as address:
            print(f"nginx, one worker:    {measure(address + PATH):,.0f} requests/s")
    return 0 if own >= GOAL else 1


def measure(url: str) -> float:
    """The median of three runs of five seconds."""
    return statistics.median(once(url) for _ in range(3))


def once(url: str) -> float:
    """Requests per second; anything but 200 ends the measuring."""
    ran = subprocess.run(["wrk", "-t2", "-c32", "-d5s", url], capture_output=True, text=True, check=True)
    if "Non-2xx" in ran.stdout:
        sys.exit(ran.stdout)
    found = re.search(r"Requests/sec:\s+([\d.]+)", ran.stdout)
    return float(found[1]) if found else 0.0


@contextlib.contextmanager
def djup() -> Iterator[str]:
    """The server of djup, with the bundled pages."""
    port = free_port()
    words = [sys.executable, "-m", "djup", "lifecycle", "serve", "--port", str(port)]
    with running(words, f"http://127.0.0.1:{port}") as address:
        yield address


@contextlib.contextmanager
def nginx() -> Iterator[str]:
    """Nginx with the built site."""
    with tempfile.TemporaryDirectory(prefix="djup-nginx-") as name:
        folder, port = Path(name), free_port()
        folder.chmod(0o755)
        build = [sys.executable, "-m", "djup", "lifecycle", "build", str(folder / "site")]
        subprocess.run(build, check=True, capture_output=True)
        configuration = folder / "nginx.conf"
        configuration.write_text(
            f"daemon off; pid {folder}/pid; error_log stderr; worker_processes 1; events {{}}\n"
            f"http {{ access_log off; server {{ listen 127.0.0.1:{port}; root {folder}/site; }} }}\n"
        )
        with running(["nginx", "-c", str(configuration), "-p", name], f"http://127.0.0.1:{port}") as address:
            yield address


@contextlib.contextmanager
def running(words: list[str], address: str) -> Iterator[str]:
    """A server for as long as the block lasts."""
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            for _ in range(100):
                with contextlib.suppress(OSError):
                    urllib.request.urlopen(address + PATH).close()
                    break
                time.sleep(0.1)
            yield address
        finally:
            server.terminate()


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
