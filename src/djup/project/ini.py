"""Values out of the ini files of test tools, read as text so that one odd line hides nothing."""

from __future__ import annotations

from djup.project.manifests.setup_cfg import values
from djup.project.tree import Tree

FILES = ("pytest.ini", "tox.ini", "setup.cfg", ".pytest.ini")


def ini_values(tree: Tree, section: str, key: str) -> list[tuple[str, str]]:
    """Each value of a key with the file it stands in; a section name ending in ``*`` stands for all that begin so."""
    found = []
    for name in FILES:
        if tree.has(name):
            for in_section, in_key, value, _, _ in values(tree.text(name)):
                fits = in_section.startswith(section[:-1]) if section.endswith("*") else in_section == section
                if fits and in_key == key:
                    found.append((name, value))
    return found
