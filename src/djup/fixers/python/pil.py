"""The modules of the Python Imaging Library, which Pillow keeps in the package PIL."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.imports import Wanted

_MODULES = frozenset(
    {"Image", "ImageChops", "ImageColor", "ImageDraw", "ImageEnhance", "ImageFile", "ImageFilter", "ImageFont",
     "ImageOps", "ImageStat"}
)  # fmt: skip


def pil(patch: Patch) -> None:
    """``import Image`` is ``from PIL import Image``, where no module of the project has that name.

    https://docs.djangoproject.com/en/1.8/releases/1.6/#pil-pillow
    """
    for one in patch.module.imports:
        if one.name or one.module not in _MODULES or one.conditional or patch.skips(one.item):
            continue
        if not patch.facts.imports.has_module(one.module):
            patch.rename_import(one, Wanted(module="PIL", name=one.module, alias=one.alias, after=one.statement))
