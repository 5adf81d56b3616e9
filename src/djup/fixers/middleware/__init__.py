"""The rewritings of middleware."""

from __future__ import annotations

from collections.abc import Mapping

from djup.fixers.kinds import Fixer
from djup.fixers.middleware import (
    account_middleware,
    broken_link_emails,
    get_response,
    middleware_classes,
    remote_user,
    use_etags,
)

FIXERS: Mapping[str, Fixer] = {
    "account_middleware": account_middleware.account_middleware,
    "broken_link_emails": broken_link_emails.broken_link_emails,
    "middleware_get_response": get_response.middleware_get_response,
    "old_style_middleware": middleware_classes.old_style_middleware,
    "remote_user_async": remote_user.remote_user_async,
    "remote_user_header": remote_user.remote_user_header,
    "use_etags": use_etags.use_etags,
}
