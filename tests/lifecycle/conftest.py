"""Frozen pages, a site made of them on a settled day, and a real server."""

from __future__ import annotations

import datetime as dt
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from djup.lifecycle.catalogue import Catalogue, load_catalogue
from djup.lifecycle.site.settings import Settings
from djup.lifecycle.site.tree import site_files

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue([HERE / "pages"], bundled=False)


@pytest.fixture(scope="session")
def settings() -> Settings:
    now = dt.datetime(2026, 4, 10, 3, 42, 3, tzinfo=dt.UTC)
    return Settings(now=now, url="https://lifecycles.example")


@pytest.fixture(scope="session")
def files(catalogue: Catalogue, settings: Settings) -> dict[str, bytes]:
    return dict(site_files(catalogue, settings))


@pytest.fixture(scope="module")
def served() -> Iterator[str]:
    """The address of a real server with the bundled pages."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = [sys.executable, "-m", "djup", "lifecycle", "serve", "--port", str(port)]
    with subprocess.Popen(words, stderr=subprocess.PIPE) as server:
        address = f"http://127.0.0.1:{port}"
        for _ in range(150):
            try:
                urllib.request.urlopen(f"{address}/api/all.json")
                break
            except OSError:
                time.sleep(0.1)
        yield address
        server.terminate()
        assert server.wait(10) == 0
