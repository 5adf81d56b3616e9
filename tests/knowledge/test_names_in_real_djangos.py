"""What the data says of names is true of Django itself: the old ones go when it says, the new ones are there to use."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from djup.environments.interpreters import interpreters
from djup.environments.uv import run_uv
from djup.knowledge.changes import Change, all_changes
from djup.knowledge.support import load_support
from djup.model import Release, release_text
from djup.process import run

pytestmark = [pytest.mark.slow, pytest.mark.network]

RELEASES: tuple[Release, ...] = (
    (2, 2), (3, 0), (3, 1), (3, 2), (4, 0), (4, 1), (4, 2), (5, 0), (5, 1), (5, 2), (6, 0), (6, 1),
)  # fmt: skip
STAYS = {
    "1.8/template-base", "1.9/total-ordering", "4.0/postgres-json-field", "4.2/user-creation-form", "5.0/admin-exceptions",
}  # fmt: skip
"""Names that stay importable: for old migrations, because the module uses them itself, or as they mean more now."""

PACKAGES = ("localflavor", "django_comments", "formtools")
"""What became a package of its own is not part of any Django."""

PRIVATE = ("django.template.base.", "django.db.backends.base.", "django.test.runner.", "django.forms.widgets.Radio")
"""Modules that Django changes without a word: what moved there may be gone by now."""

QUESTION = """
import importlib, json, sys, warnings
warnings.simplefilter("ignore")
from django.conf import settings
apps = ["auth", "contenttypes", "flatpages", "messages", "redirects", "sessions", "sites"]
settings.configure(
    INSTALLED_APPS=["django.contrib." + one for one in apps], USE_TZ=True, SECRET_KEY="x", SITE_ID=1,
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
)
import django
django.setup()

def there(dotted):
    parts = dotted.replace(":", ".").split(".")
    for count in range(len(parts), 0, -1):
        try:
            thing = importlib.import_module(".".join(parts[:count]))
        except ImportError:
            continue
        for part in parts[count:]:
            if not hasattr(thing, part):
                return False
            thing = getattr(thing, part)
        return True
    return False

print(json.dumps({name: there(name) for name in json.load(sys.stdin)}))
"""


def moves() -> list[tuple[Change, str, str]]:
    moved = [(one, old, new) for one in all_changes() for old, new in one.moved.items()]
    apart = ("django.contrib.gis.", "django.utils.six.moves")  # one needs GDAL to be imported, one is made at run time
    return [(one, old, new) for one, old, new in moved if not old.startswith(apart)]


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> Mapping[Release, Mapping[str, bool]]:
    asked = json.dumps(sorted({name for _, old, new in moves() for name in (old, new)}))
    found = {}
    for release in RELEASES:
        version = load_support().latest(release)
        pythons = load_support().supported_pythons(version)
        interpreter = max(
            (one for one in interpreters() if one.release in pythons), key=lambda one: one.release, default=None
        )
        if interpreter is None:
            continue
        folder = tmp_path_factory.mktemp(f"django-{release_text(release)}")
        run_uv(["venv", "--quiet", "--python", str(interpreter.path), str(folder)])
        python = folder / "bin" / "python"
        run_uv(["pip", "install", "--quiet", "--python", str(python), f"Django=={version}", "psycopg2-binary"])
        found[release] = answers(python, asked)
    return found


def answers(python: Path, asked: str) -> dict[str, bool]:
    ran = run([python, "-c", QUESTION], stdin=asked)
    assert ran.ok, ran.errors
    return dict(json.loads(ran.output.splitlines()[-1]))


def leaves(new: str, by: Change) -> Release:
    """The release in which another change takes a name away that one change gives."""
    if new.startswith(PACKAGES):
        return by.possible_from
    if new.startswith(PRIVATE):
        return by.release
    dotted = f"{new.replace(':', '.')}."
    gone = [one for one in all_changes() for old in (*one.moved, *one.seen.names) if dotted.startswith(f"{old}.")]
    return min((one.release for one in gone if one.release >= by.release and one.id != by.id), default=(9999,))


def test_names_go_when_the_data_says_and_new_ones_are_there_from_then_on(
    names: Mapping[Release, Mapping[str, bool]],
) -> None:
    assert len(names) > 1
    wrong = []
    for change, old, new in moves():
        for release, there in names.items():
            if there[old] and release >= change.release and change.id not in STAYS:
                wrong.append(f"{old} is still there in {release_text(release)} ({change.id})")
            if not there[new] and change.possible_from <= release < leaves(new, change):
                wrong.append(f"{new} is not there in {release_text(release)} ({change.id})")
    assert not wrong, "\n".join(wrong)


def test_names_were_there_before_they_moved(names: Mapping[Release, Mapping[str, bool]]) -> None:
    first = min(names)
    late = [
        old for change, old, _ in moves() if change.release > first and not any(there[old] for there in names.values())
    ]
    assert late == []
