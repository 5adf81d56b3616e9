"""``WSGIHandler()`` is ``get_wsgi_application()``; classes derived from it are left alone."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.calls import call_of


def wsgi_handler(patch: Patch) -> None:
    """``WSGIHandler()`` is ``get_wsgi_application()``; classes derived from it are left alone.

    https://docs.djangoproject.com/en/1.8/releases/1.7/#wsgi-scripts
    """
    for node in patch.module.uses("django.core.handlers.wsgi.WSGIHandler"):
        call = call_of(node)
        if call is not None and not call.arguments and not patch.skips(node):
            patch.replace(node, patch.need("django.core.wsgi", "get_wsgi_application", node))
