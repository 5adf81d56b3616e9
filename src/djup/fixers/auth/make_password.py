"""``make_password()`` takes text: numbers and UUIDs were turned into it."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.made import is_made_by
from djup.source.tree import text_of


def password_texts(patch: Patch) -> None:
    """``make_password()`` takes text: numbers and UUIDs were turned into it.

    https://docs.djangoproject.com/en/3.1/releases/3.1/#miscellaneous
    """
    makers = ("uuid.uuid4", "uuid.uuid1", "random.randint", "random.randrange", "random.random", "time.time")
    for call in patch.module.calls("django.contrib.auth.hashers.make_password"):
        given = call.keyword("password") or (call.positional[0] if call.positional else None)
        if given is None or patch.skips(call.node):
            continue
        if given.value.type in {"integer", "float"} or is_made_by(patch.module, given.value, makers):
            patch.replace(given.value, f"str({text_of(given.value).decode()})")
