"""The fixer functions, by the name that a change's ``fix`` gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from djup.fixers import app_config, python_2, six
from djup.fixers.patch import Patch
from djup.fixers.templates import TemplatePatch

Fixer = Callable[[Patch], None]
TemplateFixer = Callable[[TemplatePatch], None]

FIXERS: Mapping[str, Fixer] = {
    "available_attrs": python_2.available_attrs,
    "default_app_config": app_config.default_app_config,
    "python_2_unicode_compatible": python_2.python_2_unicode_compatible,
    "six": six.six,
}

TEMPLATE_FIXERS: Mapping[str, TemplateFixer] = {}
