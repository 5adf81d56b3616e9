"""A site with warnings planted in it, and packages that warn, in the syntax that Python 2.7 and 3.13 share."""

from __future__ import annotations

from pathlib import Path

SITE = {
    "manage.py": "import os, sys\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'conf')\n"
    "from django.core.management import execute_from_command_line\nexecute_from_command_line(sys.argv)\n",
    "pytest.ini": "[pytest]\nDJANGO_SETTINGS_MODULE = conf\npython_files = tests.py\n",
    "conf.py": """\
import os
import django
BASE = os.path.dirname(os.path.abspath(__file__))
SECRET_KEY = "for tests"
INSTALLED_APPS = ["shelf", "straight", "crooked"]
MIDDLEWARE_CLASSES = []
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
if django.VERSION < (2,):
    TEMPLATE_DIRS = [os.path.join(BASE, "templates")]
else:
    TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates",
                  "DIRS": [os.path.join(BASE, "templates")], "APP_DIRS": True}]
    EMAIL_HOST = "mail.example.org"
""",
    "templates/own.html": "{% load lone_tags %}{% old_tag %}\n",
    "shelf/__init__.py": "",
    "shelf/models.py": """\
import warnings
import straight.legacy
import lone

warnings.warn("w01 own module", DeprecationWarning)
warnings.warn("w23 of no category")


class Shelf(lone.Base):
    pass
""",
    "shelf/ways.py": """\
import datetime
import django
import straight
import crooked


def direct_call():
    straight.old()


def quiet_call():
    straight.quiet()


def by_straight():
    straight.uses_crooked()
    straight.uses_quiet_crooked()
    straight.uses_django()


def by_crooked():
    crooked.uses_itself()


def by_django():
    if django.VERSION < (2,):
        from django.utils.datastructures import SortedDict
        SortedDict()
    else:
        from django.utils.crypto import salted_hmac
        salted_hmac("key", "value")


def by_c():
    try:
        datetime.datetime.utcnow()
        raise ValueError("w16")
    except ValueError as error:
        return getattr(error, "message", "")


def by_python():
    try:
        import md5
        return md5
    except ImportError:
        import calendar
        return calendar.January
""",
    "shelf/child.py": 'import warnings\nwarnings.warn("w14 child", DeprecationWarning)\n',
    "shelf/odd.py": 'def odd(x):\n    assert (x, "w20")\n',
    "shelf/tests.py": """\
import subprocess
import sys
import threading
import warnings

from django.template.loader import get_template
from django.test import SimpleTestCase

import lone
from shelf import ways


class Ways(SimpleTestCase):
    def test_own(self):
        warnings.warn("w02 own test", PendingDeprecationWarning)

    def test_calls(self):
        ways.direct_call()
        ways.quiet_call()
        ways.by_straight()
        ways.by_crooked()

    def test_django(self):
        ways.by_django()

    def test_c_and_python(self):
        ways.by_c()
        ways.by_python()


class Others(SimpleTestCase):
    def test_templates(self):
        get_template("own.html")
        get_template("straight/theirs.html")

    def test_child(self):
        subprocess.check_call([sys.executable, "-c", "import shelf.child"])

    def test_thread(self):
        def run():
            warnings.warn("w15 own thread", DeprecationWarning)
        thread = threading.Thread(target=run)
        thread.start()
        thread.join()

    def test_explicit(self):
        warnings.warn_explicit("w18 explicit", DeprecationWarning, __file__.replace(".pyc", ".py"), 7)

    def test_third_party_class(self):
        lone.gone()

    def test_filters_are_left_alone(self):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            warnings.warn("w19 caught", UserWarning)
        self.assertEqual([str(one.message) for one in caught], ["w19 caught"])
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            self.assertRaises(UserWarning, warnings.warn, "w19 error", UserWarning)
        with warnings.catch_warnings():
            warnings.resetwarnings()
            warnings.simplefilter("ignore")
            warnings.warn("w19 ignored", UserWarning)
""",
}

PACKAGES = {
    "straight": {
        "straight/__init__.py": """\
import warnings
import crooked
import crooked.legacy


def old():
    warnings.warn("w03 old of straight", DeprecationWarning, stacklevel=2)


def quiet():
    warnings.warn("w04 quiet of straight", DeprecationWarning)


def uses_crooked():
    crooked.old()


def uses_quiet_crooked():
    crooked.quiet()


def uses_django():
    import django
    if django.VERSION < (2,):
        from django.utils.datastructures import SortedDict
        SortedDict()
    else:
        from django.utils.crypto import salted_hmac
        salted_hmac("key", "value")
""",
        "straight/models.py": "",
        "straight/legacy.py": 'import warnings\nwarnings.warn("w08 legacy of straight", DeprecationWarning)\n',
        "straight/templates/straight/theirs.html": "{% load lone_tags %}{% old_tag %}\n",
        "straight-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: straight\nVersion: 1.0\nRequires-Dist: crooked\n",
        "straight-1.0.dist-info/RECORD": "straight/__init__.py,,\n",
    },
    "crooked": {
        "crooked/__init__.py": """\
import warnings


def old():
    warnings.warn("w05 old of crooked", DeprecationWarning, stacklevel=2)


def quiet():
    warnings.warn("w06 quiet of crooked", DeprecationWarning)


def inner():
    warnings.warn("w07 inner of crooked", DeprecationWarning, stacklevel=2)


def uses_itself():
    inner()
""",
        "crooked/legacy.py": 'import warnings\nwarnings.warn("w09 legacy of crooked", DeprecationWarning, stacklevel=2)\n',
        "crooked/models.py": 'import warnings\nwarnings.warn("w22 models of crooked", DeprecationWarning)\n',
        "crooked-2.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: crooked\nVersion: 2.0\n",
        "crooked-2.0.dist-info/RECORD": "crooked/__init__.py,,\n",
    },
    "lone": {
        "lone/__init__.py": """\
import warnings


class RemovedInLone20Warning(DeprecationWarning):
    pass


class Meta(type):
    def __new__(cls, name, bases, attrs):
        if name not in ("Base", "Root"):
            warnings.warn("w21 subclass of lone", RemovedInLone20Warning, stacklevel=2)
        return type.__new__(cls, name, bases, attrs)


Base = Meta("Base", (object,), {})


def gone():
    warnings.warn("w19 gone from lone", RemovedInLone20Warning, stacklevel=2)
""",
        "lone/templatetags/__init__.py": "",
        "lone/tags.py": """\
import warnings
from django import template

register = template.Library()


@register.tag
def old_tag(parser, token):
    warnings.warn("w13 tag of lone", DeprecationWarning)
    return template.Node()
""",
        "straight/templatetags/__init__.py": "",
        "straight/templatetags/lone_tags.py": "from lone.tags import register\n",
        "Lone_Pkg-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: Lone.Pkg\nVersion: 1.0\n",
        "Lone_Pkg-1.0.dist-info/RECORD": "lone/__init__.py,,\nlone/tags.py,,\n",
    },
}

OWNERS = {
    "w01": "own", "w02": "own", "w03": "own", "w04": "own", "w05": "straight", "w06": "straight", "w07": "crooked",
    "w08": "own", "w09": "straight", "w13 own": "own", "w13 theirs": "straight", "w14": "own", "w15": "own",
    "w18": "own", "w19": "own", "w20": "own", "w21": "own", "w22": "crooked", "w23": "own", "django own": "own",
    "django straight": "straight", "settings": "own", "c": "own", "python": "own",
}  # fmt: skip
"""Whose each planted warning is; the letter stands for what raises it."""


def plant(folder: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
