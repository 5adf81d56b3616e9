"""Which database servers a project starts, by the images its files name."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

from djup.project.servers import names_server, read_servers, servers_in, variables_of
from djup.project.tree import Tree


def named(text: str) -> list[tuple[str, str]]:
    return [(one.product, one.version.value) for one in servers_in(text, PurePosixPath("compose.yml"))]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("    image: postgres:13", ("postgresql", "13")),
        ("    image: postgres:9.6-alpine", ("postgresql", "9.6")),
        ('    image: "postgres:16.2-bookworm"', ("postgresql", "16.2")),
        ("    image: postgis/postgis:16-3.4", ("postgresql", "16")),
        ("    image: pgvector/pgvector:pg17", ("postgresql", "17")),
        ("    image: docker.io/library/mysql:8.0.36", ("mysql", "8.0.36")),
        ("    image: registry.example:5000/team/mariadb:10.11", ("mariadb", "10.11")),
        ("    image: postgres:${POSTGRES_VERSION:-14}", ("postgresql", "14")),
        ("      - image: cimg/postgres:14.0", ("postgresql", "14.0")),
        ("  - postgres:12", ("postgresql", "12")),
        ("  - name: mysql:5.7", ("mysql", "5.7")),
        ("FROM mysql:5.7", ("mysql", "5.7")),
        ("    image: gvenzl/oracle-xe:21-slim", ("oracle-database", "21")),
    ],
)
def test_an_image_names_a_server_and_its_version(line, expected):
    assert named(f"services:\n{line}\n") == [expected]


@pytest.mark.parametrize(
    "line",
    [
        "    image: postgres",
        "    image: postgres:latest",
        "    image: postgres:alpine",
        "    image: postgres:${POSTGRES_VERSION}",
        "    image: postgres@sha256:0123456789abcdef",
        "    image: example/postgres-backup:13",
        "    image: redis:7",
        "    # image: postgres:13",
        "    command: postgres -c log_statement=all",
        "      - 5432:5432",
        "DATABASE_URL: postgres://db:5432/x",
    ],
)
def test_what_names_no_version_of_a_server(line):
    assert named(f"services:\n{line}\n") == []


def test_compose_speaks_before_ci_and_says_where(tmp_path):
    (tmp_path / ".github" / "workflows").mkdir(parents=True)
    (tmp_path / ".github" / "workflows" / "ci.yml").write_text("services:\n  db:\n    image: postgres:17\n")
    (tmp_path / "docker-compose.yml").write_text("services:\n  db:\n    image: postgres:13\n")
    (server,) = read_servers(Tree(tmp_path))
    assert (server.version.value, str(server.version.place), server.version.why) == (
        "13",
        "docker-compose.yml:3",
        "image in docker-compose.yml",
    )
    assert not server.version.certain


def test_ci_speaks_where_nothing_else_does(tmp_path):
    (tmp_path / ".gitlab-ci.yml").write_text("services:\n  - mysql:8.0\n")
    assert [one.product for one in read_servers(Tree(tmp_path))] == ["mysql"]


def test_other_files_are_not_asked(tmp_path):
    (tmp_path / "mkdocs.yml").write_text("image: postgres:13\n")
    (tmp_path / "README.md").write_text("    image: postgres:13\n")
    assert read_servers(Tree(tmp_path)) == ()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("postgres://ada@db/shop", True),
        ("postgresql+psycopg2://db/shop", True),
        ("postgis://db/shop", True),
        ("mysql-connector://db/shop", True),
        ("mysql2://db/shop", True),
        ("django.db.backends.postgresql_psycopg2", True),
        ("django.contrib.gis.db.backends.postgis", True),
        ("sqlite:///shop.db", False),
        ("redis://cache/0", False),
        ("see postgres://db/shop", False),
        ("django.db.backends.sqlite3", False),
        ("", False),
    ],
)
def test_a_variable_names_a_database_server(value: str, expected: bool):
    assert names_server({"DATABASE_URL": value}) is expected


def test_variables_are_those_of_the_shell_and_of_the_files_that_are_no_examples(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("FROM_SHELL", "1")
    (tmp_path / ".env").write_text("# a comment\nexport A='x y'\nB = \"z\"\nC=plain\n")
    (tmp_path / ".env.example").write_text("D=example\n")
    (tmp_path / "local.env").write_text("A=later\r\n")
    found = variables_of(tmp_path)
    assert {name: found.get(name) for name in ("FROM_SHELL", "A", "B", "C", "D")} == {
        "FROM_SHELL": "1",
        "A": "later",
        "B": "z",
        "C": "plain",
        "D": None,
    }
