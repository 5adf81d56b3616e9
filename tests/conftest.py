"""What tests of several folders share: database servers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

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
