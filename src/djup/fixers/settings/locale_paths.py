"""The folder ``locale`` beside the settings, which was read unasked, is named in ``LOCALE_PATHS``."""

from __future__ import annotations

from djup.fixers.declared.pins import pin_place
from djup.fixers.engine.patch import Patch
from djup.source.edits import Edit
from djup.source.text import line_end


def locale_paths(patch: Patch) -> None:
    """The folder ``locale`` beside the settings, which was read unasked, is named in ``LOCALE_PATHS``.

    https://docs.djangoproject.com/en/1.8/releases/1.3/#project-level-translations
    """
    module = patch.module
    if module.path not in patch.facts.settings.holders or module.assignments("LOCALE_PATHS"):
        return
    if (
        module.path.parent / "locale" not in patch.facts.apps.catalogues
        or "LOCALE_PATHS" in patch.facts.settings.given_elsewhere
    ):
        return
    place = pin_place(module, ("LOCALE_PATHS", "LANGUAGES"))
    if place is None:
        return
    path = f"{patch.need('', 'os', module.tree.root_node.children[0])}.path"
    newline = line_end(module.body)
    value = f'({path}.join({path}.dirname({path}.abspath(__file__)), "locale"),)'
    lines = [b"", b"# Django 1.4 read this folder unasked.", f"LOCALE_PATHS = {value}".encode(), b""]
    patch.edit(Edit(start=place, end=place, text=newline.join(lines)))
