"""``@skipIfCustomUser`` is ``@skipIf(settings.AUTH_USER_MODEL != "auth.User", …)``, which is how it was written."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch


def skip_if_custom_user(patch: Patch) -> None:
    """``@skipIfCustomUser`` is ``@skipIf(settings.AUTH_USER_MODEL != "auth.User", …)``, which is how it was written."""
    for home in ("django.contrib.auth.tests.utils.skipIfCustomUser", "django.contrib.auth.tests.skipIfCustomUser"):
        for node in patch.module.uses(home):
            if patch.skips(node):
                continue
            skip, settings = patch.need("unittest", "skipIf", node), patch.need("django.conf", "settings", node)
            condition = f'{settings}.AUTH_USER_MODEL != "auth.User"'
            patch.replace(node, f'{skip}({condition}, "Custom user model in use")')
