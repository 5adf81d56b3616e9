"""Whether the root of a project is itself an installable distribution, and its name."""

from __future__ import annotations

import ast
import tomllib

from djup.project.manifests.setup_cfg import values
from djup.project.manifests.setup_py import arguments
from djup.project.tree import Tree


def read_distribution(tree: Tree) -> str | None:
    """The name of the distribution the root builds, or None when it builds none."""
    return _pyproject(tree) or _setup(tree)


def _pyproject(tree: Tree) -> str | None:
    if not tree.has("pyproject.toml"):
        return None
    try:
        table = tomllib.loads(tree.text("pyproject.toml"))
    except tomllib.TOMLDecodeError:
        return None
    if "build-system" not in table:
        return None
    name = table.get("project", {}).get("name") or table.get("tool", {}).get("poetry", {}).get("name")
    return name if isinstance(name, str) else None


def _setup(tree: Tree) -> str | None:
    """The name in setup.py or setup.cfg.

    A setup.py that computes it still makes a distribution, named by the folder.
    """
    if not tree.has("setup.py"):
        return None
    for section, key, value, _, _ in values(tree.text("setup.cfg")) if tree.has("setup.cfg") else ():
        if section == "metadata" and key == "name":
            return value
    given = arguments(tree.text("setup.py"))
    node = given.get("name")
    if isinstance(node, ast.Name):
        node = given.get("$" + node.id, node)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else tree.root.name
