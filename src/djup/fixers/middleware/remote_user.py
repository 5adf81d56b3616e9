"""Let ``process_request()`` of a subclass run under ASGI too, as Django did by itself (auth/middleware.py of 6.0)."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.fixers.middleware.get_response import OURS
from djup.fixers.syntax.classes import own_method, own_option, subclasses
from djup.source.edits import Edit
from djup.source.strings import string_value
from djup.source.text import line_end
from djup.source.tree import field

_REMOTE = tuple(one for one in OURS if "RemoteUser" in one)


def remote_user_async(patch: Patch) -> None:
    """Let ``process_request()`` of a subclass run under ASGI too, as Django did by itself (auth/middleware.py of 6.0).

    https://docs.djangoproject.com/en/5.2/releases/5.2/#features-deprecated-in-5-2
    """
    for owner in subclasses(patch.module, *_REMOTE):
        definition = own_method(patch.module, owner, "process_request")
        if (
            definition is None
            or own_method(patch.module, owner, "aprocess_request") is not None
            or patch.skips(definition)
        ):
            continue
        wrap = patch.need("asgiref.sync", "sync_to_async", definition)
        newline = line_end(patch.module.body).decode()
        indent = patch.module.body[: definition.start_byte].rpartition(b"\n")[2].decode()
        text = newline.join([
            "", "", f"{indent}async def aprocess_request(self, request):",
            f"{indent}    await {wrap}(self.process_request, thread_sensitive=True)(request)",
        ])  # fmt: skip
        patch.edit(Edit(start=definition.end_byte, end=definition.end_byte, text=text.encode()))


def remote_user_header(patch: Patch) -> None:
    """Point at subclasses of RemoteUserMiddleware that name a header without ``HTTP_``."""
    for owner in subclasses(patch.module, *_REMOTE):
        option = own_option(patch.module, owner, "header")
        name = None if option is None else string_value(field(option, "right"))
        if option is not None and name not in {None, "REMOTE_USER"} and not (name or "").startswith("HTTP_"):
            patch.report(option)
