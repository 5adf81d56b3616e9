"""Point at user models of one's own, whose tables need a migration."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.class_bodies import attributes_of, methods_of
from djup.source.tree import text_of

_USERS = (
    "django.contrib.auth.models.AbstractUser", "django.contrib.auth.models.AbstractBaseUser",
    "django.contrib.auth.base_user.AbstractBaseUser",
)  # fmt: skip


def last_login_null(patch: Patch) -> None:
    """Point at user models of one's own, whose tables need a migration."""
    for definition in patch.module.classes():
        meta = methods_of(definition).get("Meta")
        abstract = text_of(attributes_of(meta).get("abstract")) == b"True" if meta is not None else False
        if not abstract and any(base.startswith(_USERS) for base in patch.module.bases(definition)):
            patch.report(definition)
