"""What tests of several folders share: a small real repository, and database servers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from djup.git import Git
from tests.servers import mariadb, mariadb_program, postgresql, postgresql_program


@pytest.fixture(scope="session")
def postgresql_port() -> Iterator[int]:
    """The port of a PostgreSQL server, one for all tests of a process."""
    if postgresql_program("initdb") is None:
        pytest.skip("needs PostgreSQL's server: apt-get install postgresql")
    with postgresql() as port:
        yield port


@pytest.fixture(scope="session")
def mariadb_port() -> Iterator[int]:
    """The port of a MariaDB server, one for all tests of a process."""
    if not (mariadb_program("mariadbd") and mariadb_program("my_print_defaults")):
        pytest.skip("needs MariaDB's server: apt-get install mariadb-server-core mariadb-client-core")
    with mariadb() as port:
        yield port


@pytest.fixture
def repository(tmp_path: Path) -> Git:
    folder = tmp_path / "shop"
    folder.mkdir()
    git = Git(folder)
    git.ask("init", "--quiet", "--initial-branch=main")
    git.ask("config", "user.name", "Ada")
    git.ask("config", "user.email", "ada@example.org")
    (folder / "a.py").write_text("a = 1\n")
    git.ask("add", "--all")
    git.ask("commit", "--quiet", "--message", "First")
    return git
