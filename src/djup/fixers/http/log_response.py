"""``exc_info=sys.exc_info()`` is ``exception=sys.exc_info()[1]``; other values are left to a person."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.tree import text_of


def log_response_exception(patch: Patch) -> None:
    """``exc_info=sys.exc_info()`` is ``exception=sys.exc_info()[1]``; other values are left to a person.

    https://docs.djangoproject.com/en/4.1/releases/4.1/#miscellaneous
    """
    for call in patch.module.calls("django.utils.log.log_response"):
        given = call.keyword("exc_info")
        if given is not None and text_of(given.value) == b"sys.exc_info()" and not patch.skips(call.node):
            patch.replace(given.node, "exception=sys.exc_info()[1]")
