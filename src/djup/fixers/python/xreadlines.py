"""``request.xreadlines()`` is the request itself (django/http/request.py of 2.0)."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch, receiver_of
from djup.source.calls import call_of


def xreadlines(patch: Patch) -> None:
    """``request.xreadlines()`` is the request itself (django/http/request.py of 2.0).

    https://docs.djangoproject.com/en/2.0/releases/2.0/#features-deprecated-in-2-0
    """
    for node in patch.module.attributes("xreadlines"):
        call, receiver = call_of(node), receiver_of(node)
        if (
            call is not None
            and not call.arguments
            and receiver.rpartition(".")[2] == "request"
            and not patch.skips(node)
        ):
            patch.replace(call.node, receiver)
