"""The database servers of a project: those its files start (Compose, CI, Dockerfiles), those variables point to."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from djup.model import Known, Place, Server
from djup.project.tree import Tree

PRODUCTS = {
    "postgres": "postgresql",
    "postgresql": "postgresql",
    "postgis": "postgresql",
    "pgvector": "postgresql",
    "mysql": "mysql",
    "mysql-server": "mysql",
    "mariadb": "mariadb",
    "oracle-xe": "oracle-database",
    "oracle-free": "oracle-database",
}
"""Images by their name without registry and owner."""

IMAGE = re.compile(
    r"""^\s*(?:-\s+)?(?:image:|FROM\s|-\s|name:)\s*["']?(?:[\w.:-]+/)*(?P<name>[\w-]+):(?P<tag>[^\s"'@#]+)""",
    re.MULTILINE,
)
"""``image: postgis/postgis:16-3.4``, ``- postgres:13`` and ``FROM mysql:8.0``."""

DEFAULTED = re.compile(r"^\$\{\w+:?-(?P<value>[^}]+)\}")
NUMBERS = re.compile(r"^(?:pg)?(?P<version>\d+(?:\.\d+)*)(?![\w])")
ADDRESS = re.compile(
    r"(?:postgres(?:ql)?|postgis|pgsql|timescale\w*|cockroach\w*|mysql\w*|mariadb|oracle\w*)(?:[+-]\w+)?://"
    r"|(?:django\.(?:contrib\.gis\.)?db\.backends\.)(?:postgresql|postgis|mysql|oracle)"
)
"""What starts the address of a database on a server, as dj-database-url and django-environ read it, or an engine."""

ASSIGNMENT = re.compile(r"""^[ \t]*(?:export[ \t]+)?(\w+)[ \t]*=[ \t]*(["']?)(.*?)\2[ \t\r]*$""", re.MULTILINE)
PATTERNS = (".env", ".env.*", "*.env")
EXAMPLES = re.compile(r"example|sample|template|dist$")
CI = (".gitlab-ci.yml", "bitbucket-pipelines.yml", "azure-pipelines.yml", ".drone.yml")


def read_servers(tree: Tree) -> tuple[Server, ...]:
    """Each kind of server once, by the file that speaks for it most: Compose, a Dockerfile, then CI.

    That a file starts a server is no proof that production runs the same, so every version is a guess.
    """
    found: dict[str, Server] = {}
    for path in sorted(tree.files, key=lambda path: (len(path.parts), path)):
        if not is_ci(path) and starts_servers(path):
            for server in servers_in(tree.text(path), path):
                found.setdefault(server.product, server)
    for path in filter(is_ci, tree.files):
        for server in servers_in(tree.text(path), path):
            found.setdefault(server.product, server)
    return tuple(found.values())


def variables_of(root: Path) -> dict[str, str]:
    """The variables that settings may read: those of the shell, and of the project's own files of variables."""
    found = dict(os.environ)
    for file in sorted(file for pattern in PATTERNS for file in root.glob(pattern)):
        if file.is_file() and not EXAMPLES.search(file.name):
            text = file.read_text(encoding="utf-8", errors="replace")
            found |= {match[1]: match[3] for match in ASSIGNMENT.finditer(text)}
    return found


def names_server(variables: Mapping[str, str]) -> bool:
    """Whether a variable holds the address, or Django's engine, of a database on a server."""
    return any(ADDRESS.match(value) for value in variables.values())


def starts_servers(path: PurePosixPath) -> bool:
    """Whether a file is one of Compose or a Dockerfile."""
    compose = path.suffix in {".yml", ".yaml"} and "compose" in path.stem
    return compose or path.name == "Dockerfile" or path.name.startswith("Dockerfile.") or path.suffix == ".dockerfile"


def is_ci(path: PurePosixPath) -> bool:
    """Whether a file tells a CI what to do."""
    folder = str(path.parent) in {".github/workflows", ".circleci"} and path.suffix in {".yml", ".yaml"}
    return folder or str(path) in CI


def servers_in(text: str, path: PurePosixPath) -> Iterator[Server]:
    """The servers whose image a text names with a version."""
    for match in IMAGE.finditer(text):
        product = PRODUCTS.get(match["name"].lower())
        defaulted = DEFAULTED.match(match["tag"])
        version = NUMBERS.match(defaulted["value"] if defaulted else match["tag"])
        if product and version:
            line = text.count("\n", 0, match.start("name")) + 1
            place = Place(path=path, line=line)
            known = Known(value=version["version"], why=f"image in {path}", place=place, certain=False)
            yield Server(product=product, version=known)
