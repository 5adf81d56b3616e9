"""Point at what is attached as a MIMEBase to something that is not one itself."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.made import is_made_by
from djup.source.tree import field

_MIME = tuple(
    f"email.mime.{home}"
    for home in (
        "application.MIMEApplication", "audio.MIMEAudio", "base.MIMEBase", "image.MIMEImage", "message.MIMEMessage",
        "multipart.MIMEMultipart", "nonmultipart.MIMENonMultipart", "text.MIMEText",
    )
)  # fmt: skip


def mime_attachments(patch: Patch) -> None:
    """Point at what is attached as a MIMEBase to something that is not one itself."""
    for call in patch.module.calls(".attach"):
        owner = field(call.function, "object")
        if len(call.positional) != 1 or is_made_by(patch.module, owner, _MIME):
            continue
        if is_made_by(patch.module, call.positional[0].value, _MIME):
            patch.report(call.node)
