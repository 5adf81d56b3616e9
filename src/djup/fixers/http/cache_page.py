"""``cache_page(view, 60)``, ``cache_page(60, view)`` and ``cache_page(view)`` are ``cache_page(60)(view)``."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.calls import Argument, Call
from djup.source.tree import text_of

_NUMBERS = {"integer", "binary_operator", "float"}
_CACHE_PAGE = "django.views.decorators.cache.cache_page"


def cache_page(patch: Patch) -> None:
    """``cache_page(view, 60)``, ``cache_page(60, view)`` and ``cache_page(view)`` are ``cache_page(60)(view)``.

    Without seconds the default held: ``CACHE_MIDDLEWARE_SECONDS``, 600 unless set.
    """
    for call in patch.module.calls(_CACHE_PAGE):
        plain = call.positional
        if patch.skips(call.node) or call.unpacks or len(plain) > 2:  # noqa: PLR2004  # a view and seconds
            continue
        numbers = [one for one in plain if one.value.type in _NUMBERS]
        views = [one for one in plain if one not in numbers]
        if len(plain) == 2 and len(numbers) == 1:  # noqa: PLR2004
            _curried(patch, call, numbers[0], views[0])
        elif len(plain) == 2 or (views and not _is_seconds(views[0])) or not call.arguments:  # noqa: PLR2004
            patch.report(call.node)


def _is_seconds(argument: Argument) -> bool:
    """Whether a name is written as a constant is: ``HOUR``, ``settings.CACHE_SECONDS``."""
    last = text_of(argument.value).decode().rpartition(".")[2]
    return last.isupper() or "timeout" in last or "second" in last


def _curried(patch: Patch, call: Call, seconds: Argument, view: Argument) -> None:
    rest = "".join(f", {text_of(one.node).decode()}" for one in call.arguments if one.name)
    text = f"({text_of(seconds.value).decode()}{rest})({text_of(view.value).decode()})"
    patch.replace(call.brackets, text)
