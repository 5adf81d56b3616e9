"""``{{ year }}`` in the template of a yearly archive is a date: ``{{ year|date:"Y" }}``."""

from __future__ import annotations

from djup.fixers.engine.template_patch import TemplatePatch


def archive_year(patch: TemplatePatch) -> None:
    """``{{ year }}`` in the template of a yearly archive is a date: ``{{ year|date:"Y" }}``.

    https://docs.djangoproject.com/en/1.8/releases/1.5/#context-in-year-archive-class-based-views
    """
    if not patch.path.name.endswith("_archive_year.html"):
        return
    for token in patch.tokens:
        if token.kind == "variable" and patch.body[token.inner_start : token.inner_end].strip() == b"year":
            patch.replace(token.start, token.end, b'{{ year|date:"Y" }}')
