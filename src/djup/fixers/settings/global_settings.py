"""What settings build on in ``django.conf.global_settings``."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.tree import field, text_of

_HOME = "django.conf.global_settings"
_TUPLES = (
    "ADMINS", "ALLOWED_INCLUDE_ROOTS", "AUTHENTICATION_BACKENDS", "DISALLOWED_USER_AGENTS", "FILE_UPLOAD_HANDLERS",
    "FIXTURE_DIRS", "FORMAT_MODULE_PATH", "IGNORABLE_404_URLS", "INSTALLED_APPS", "INTERNAL_IPS", "LANGUAGES_BIDI",
    "LOCALE_PATHS", "MIDDLEWARE_CLASSES", "PASSWORD_HASHERS", "STATICFILES_DIRS", "STATICFILES_FINDERS",
    "TEMPLATE_CONTEXT_PROCESSORS", "TEMPLATE_DIRS", "TEMPLATE_LOADERS", "DATE_INPUT_FORMATS", "TIME_INPUT_FORMATS",
    "DATETIME_INPUT_FORMATS",
)  # fmt: skip
_MAKE = {"tuple": "tuple", "list": "list", "parenthesized_expression": "tuple"}


def global_settings_lists(patch: Patch) -> None:
    """What a tuple is added to is made a tuple, what a list is added to a list; anything else is left to a person.

    https://docs.djangoproject.com/en/1.9/releases/1.9/#default-settings-that-were-tuples-are-now-lists
    """
    for name in _TUPLES:
        for node in patch.module.uses(f"{_HOME}.{name}"):
            outer = node.parent
            if outer is None or outer.type != "binary_operator" or text_of(field(outer, "operator")) != b"+":
                continue
            left, right = field(outer, "left"), field(outer, "right")
            other = right if left == node else left
            make = _MAKE.get(other.type) if other is not None else None
            if make is None:
                patch.report(outer)
            elif not patch.skips(node):
                patch.replace(node, f"{make}({text_of(node).decode()})")
