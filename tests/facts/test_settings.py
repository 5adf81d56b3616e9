"""Settings: which modules are some, and what they build on."""

from __future__ import annotations

from pathlib import PurePosixPath

from tests.facts.made import of_modules

SETTINGS = "INSTALLED_APPS = []\nSECRET_KEY = 'x'\n"


def test_a_module_with_several_settings_of_django_is_a_settings_module() -> None:
    known = of_modules(site__settings=SETTINGS, shop__apps_list="INSTALLED_APPS = []\n")
    assert known.settings.modules == {PurePosixPath("site/settings.py")}


def test_what_star_imports_settings_and_adds_to_them_is_one_too_but_holds_no_new_ones() -> None:
    known = of_modules(
        site__settings__base=SETTINGS,
        site__settings__dev="from .base import *\nDEBUG = True\n",
        site__settings__prod="from site.settings.dev import *\nINSTALLED_APPS = []\nSECRET_KEY = 'y'\n",
        site__settings__reader="from .base import *\n",
    )
    assert known.settings.modules == {PurePosixPath(f"site/settings/{name}.py") for name in ("base", "dev", "prod")}
    assert known.settings.holders == {PurePosixPath("site/settings/base.py")}
    assert known.settings.inherits(PurePosixPath("site/settings/prod.py"), {"SECRET_KEY"})
    assert not known.settings.inherits(PurePosixPath("site/settings/base.py"), {"SECRET_KEY"})
