"""``PASSWORD_RESET_TIMEOUT_DAYS`` became ``PASSWORD_RESET_TIMEOUT``, in seconds."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.setting_values import setting_literals
from djup.source.tree import field, text_of


def reset_timeout(patch: Patch) -> None:
    """``PASSWORD_RESET_TIMEOUT_DAYS`` became ``PASSWORD_RESET_TIMEOUT``, in seconds.

    https://docs.djangoproject.com/en/3.1/releases/3.1/#features-deprecated-in-3-1
    """
    for assignment in setting_literals(patch, "PASSWORD_RESET_TIMEOUT_DAYS"):
        name, value = field(assignment, "left"), field(assignment, "right")
        if name is None or value is None:
            continue
        days = text_of(value).decode()
        text = f"60 * 60 * 24 * {days}" if value.type == "integer" else f"60 * 60 * 24 * ({days})"
        patch.replace(name, "PASSWORD_RESET_TIMEOUT")
        patch.replace(value, text)
