"""The rewritings of auth."""

from __future__ import annotations

from collections.abc import Mapping

from djup.fixers.auth import (
    auth_url_names,
    authenticate,
    check_for_test_cookie,
    class_views,
    clean_password,
    email_length,
    get_profile,
    is_authenticated,
    last_login,
    login,
    logout,
    make_password,
    make_random_password,
    password_hashers,
    password_reset_timeout,
    permission_codename,
    skip_if_custom_user,
    supports_inactive_user,
    uidb64,
    views_current_app,
)
from djup.fixers.kinds import Fixer, TemplateFixer

FIXERS: Mapping[str, Fixer] = {
    "auth_class_views": class_views.auth_class_views,
    "auth_current_app": views_current_app.auth_current_app,
    "auth_url_names": auth_url_names.auth_url_names,
    "backend_request": authenticate.backend_request,
    "check_for_test_cookie": check_for_test_cookie.check_for_test_cookie,
    "clean_password": clean_password.clean_password,
    "default_hashers": password_hashers.default_hashers,
    "dropped_options": supports_inactive_user.dropped_options,
    "email_length": email_length.email_length,
    "get_profile": get_profile.get_profile,
    "last_login_null": last_login.last_login_null,
    "login_user": login.login_user,
    "logout_url": logout.logout_url,
    "old_hashers": password_hashers.old_hashers,
    "password_texts": make_password.password_texts,
    "permission_codename": permission_codename.permission_codename,
    "random_password": make_random_password.random_password,
    "reset_timeout": password_reset_timeout.reset_timeout,
    "skip_if_custom_user": skip_if_custom_user.skip_if_custom_user,
    "uidb36_routes": uidb64.uidb36_routes,
    "uidb64": uidb64.uidb64,
    "user_checks": is_authenticated.user_checks,
    "user_properties": is_authenticated.user_properties,
}

TEMPLATE_FIXERS: Mapping[str, TemplateFixer] = {
    "get_profile": get_profile.profile_lookup,
    "logout_link": logout.logout_link,
    "uidb64": uidb64.uidb64_in_templates,
}
