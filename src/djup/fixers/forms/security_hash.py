"""``security_hash(request, form)`` is ``form_hmac(form)``."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.calls import remove_item


def security_hash(patch: Patch) -> None:
    """``security_hash(request, form)`` is ``form_hmac(form)``.

    https://docs.djangoproject.com/en/1.8/releases/1.3/#django-contrib-formtools
    """
    home = "django.contrib.formtools.utils"
    for call in patch.module.calls(f"{home}.security_hash"):
        if len(call.arguments) == len(call.positional) == len(["request", "form"]) and not patch.skips(call.node):
            patch.edit(remove_item(patch.module.body, call.brackets, call.positional[0].node))
            patch.replace(call.function, patch.need(home, "form_hmac", call.node))
