"""The database servers that a project's own files start: images of Compose, of CI and of Dockerfiles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

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
