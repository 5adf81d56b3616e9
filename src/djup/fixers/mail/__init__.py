"""The rewritings of mail."""

from __future__ import annotations

from collections.abc import Mapping

from djup.fixers.kinds import Fixer
from djup.fixers.mail import (
    admin_addresses,
    alternatives,
    backend_keywords,
    bcc_header,
    connection,
    get_connection,
    mailers,
    mime_attachments,
    smtp_certificates,
)

FIXERS: Mapping[str, Fixer] = {
    "admin_addresses": admin_addresses.admin_addresses,
    "bcc_header": bcc_header.bcc_header,
    "mail_alternatives": alternatives.mail_alternatives,
    "mail_backend_keywords": backend_keywords.mail_backend_keywords,
    "mail_connection": connection.mail_connection,
    "mail_default": get_connection.mail_default,
    "mailers": mailers.mailers,
    "mime_attachments": mime_attachments.mime_attachments,
    "smtp_certificates": smtp_certificates.smtp_certificates,
}
