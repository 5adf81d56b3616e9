"""``djup fix`` over a whole tree: what it writes into one file counts for others in the same run."""

from __future__ import annotations

from pathlib import Path

from djup.tasks.fix import Order, rewrite, write

SETTINGS = "SECRET_KEY = ''\nINSTALLED_APPS = ['shop']\nTEMPLATE_DIRS = ['templates']\n"
LIBRARY = (
    "from django.template.base import add_to_builtins\n\nadd_to_builtins('shop.templatetags.shop_tags')\nVERSION = 1\n"
)
ORDER = Order(start=(1, 4), target=(6, 1))


def _project(root: Path, settings: str) -> Path:
    for name, text in {"site/settings.py": settings, "shop/__init__.py": LIBRARY}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


def test_settings_that_get_templates_name_the_builtins_in_the_same_run(tmp_path: Path) -> None:
    root = _project(tmp_path, SETTINGS)
    write(rewrite([root], ORDER))
    assert (root / "shop/__init__.py").read_text() == "VERSION = 1\n"
    assert '"builtins": ["shop.templatetags.shop_tags"]' in (root / "site/settings.py").read_text()
    assert not rewrite([root], ORDER).changed


def test_without_templates_the_call_is_left_to_a_person(tmp_path: Path) -> None:
    root = _project(tmp_path, "VERSION = 1\n")
    result = rewrite([root], ORDER)
    assert not result.changed
    assert {one.change for one in result.findings} == {"1.9/add-to-builtins"}
