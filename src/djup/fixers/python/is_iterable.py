"""``is_iterable(x)`` is ``isinstance(x, collections.abc.Iterable)``, as the deprecation says."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch


def is_iterable(patch: Patch) -> None:
    """``is_iterable(x)`` is ``isinstance(x, collections.abc.Iterable)``, as the deprecation says.

    https://docs.djangoproject.com/en/5.1/releases/5.1/#features-deprecated-in-5-1
    """
    for call, value in patch.calls_with_one("django.utils.itercompat.is_iterable"):
        kind = patch.need("collections.abc", "Iterable", call.node)
        patch.replace(call.node, f"isinstance({value}, {kind})")
