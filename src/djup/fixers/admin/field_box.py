"""The class ``field-box`` is ``fieldBox``, in templates that build on the admin's."""

from __future__ import annotations

import re

from djup.fixers.engine.template_patch import TemplatePatch

_ADMIN = re.compile(rb"""['"]admin/|adminform|inline_admin|\bfieldset\.""")


def field_box(patch: TemplatePatch) -> None:
    """The class ``field-box`` is ``fieldBox``, in templates that build on the admin's.

    https://docs.djangoproject.com/en/2.1/releases/2.1/#miscellaneous
    """
    for match in re.finditer(rb"(?<![\w-])field-box(?![\w-])", patch.body):
        if _ADMIN.search(patch.body):
            patch.replace(match.start(), match.end(), b"fieldBox")
        else:
            patch.report(match.start())
