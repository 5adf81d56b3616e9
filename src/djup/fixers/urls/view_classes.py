"""A route that names one of Django's view classes gets ``.as_view()``: the check of 4.0 refuses the class."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.edits import Edit


def view_classes(patch: Patch) -> None:
    """A route that names one of Django's view classes gets ``.as_view()``: the check of 4.0 refuses the class.

    https://docs.djangoproject.com/en/4.0/ref/checks/#urls (urls.E009)
    """
    names = ("django.urls.path", "django.urls.re_path", "django.conf.urls.url", "django.conf.urls.re_path")
    for call in (one for name in names for one in patch.module.calls(name)):
        plain = call.positional
        view = call.keyword("view") or (plain[1] if len(plain) > 1 else None)
        if view is None or patch.skips(call.node):
            continue
        if any(_is_view_class(origin) for origin in patch.module.origins(view.value)):
            end = view.value.end_byte
            patch.edit(Edit(start=end, end=end, text=b".as_view()"))


def _is_view_class(origin: str) -> bool:
    home, _, name = origin.rpartition(".")
    return home.startswith(("django.contrib.auth.views", "django.views.generic")) and name.endswith("View")
