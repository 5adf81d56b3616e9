"""Make smoke tests for applications from the package index, and print how much of each they reach.

    python benchmarks/smoke_reach.py [--keep FOLDER] [NAME …]

Each application of ``smoke_sites.toml`` is put into a plain site of its own, as its documentation says: settings, its
URLconf, the admin. Its own tests, where the sdist has any, are left out.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from sources import unpack_sdist

SITES = Path(__file__).parent / "smoke_sites.toml"
HEAD = ("application", "Django / Python", "routes reached", "requests", "templates", "models saved", "lines")
MANAGE = """\
import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_settings")
from django.core.management import execute_from_command_line

execute_from_command_line(sys.argv)
"""
SETTINGS = """\
SECRET_KEY = "for a benchmark"
DEBUG = True
SITE_ID = 1
USE_TZ = True
ROOT_URLCONF = "site_urls"
STATIC_URL = "/static/"
MEDIA_URL = "/media/"
LOGIN_URL = "/admin/login/"
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
DATABASES = {{"default": {{"ENGINE": "django.db.backends.sqlite3", "NAME": "db.sqlite3"}}}}
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sites",
    "django.contrib.staticfiles",
    *{apps!r},
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
PROCESSORS = [
    "django.template.context_processors.debug",
    "django.template.context_processors.i18n",
    "django.template.context_processors.media",
    "django.template.context_processors.request",
    "django.template.context_processors.static",
    "django.template.context_processors.tz",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
    *{processors!r},
]
TEMPLATES = [
    {{
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {{"context_processors": PROCESSORS}},
    }}
]
{more}
"""
URLS = """\
from django.contrib import admin
from django.urls import include, re_path as url

urlpatterns = [
    url(r"^admin/", admin.site.urls),
    {urls},
]
"""


def main() -> int:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(description="Make smoke tests for applications from the package index.")
    parser.add_argument("names", nargs="*", help="applications of smoke_sites.toml (default: all)")
    parser.add_argument("--keep", type=Path, help="an existing folder for the sites")
    asked = parser.parse_args()
    sites = [one for one in tomllib.loads(SITES.read_text())["site"] if not asked.names or one["name"] in asked.names]
    folder = asked.keep or Path(tempfile.mkdtemp(prefix="djup-smoke-"))
    print(row(HEAD) + "\n" + row(["---"] * len(HEAD)), flush=True)
    for site in sites:
        page = measure(lay_out(site, folder), site["python"])
        print(row([f"{site['name']} {site['version']}", *cells(page)]), flush=True)
    return 0


def lay_out(site: dict[str, Any], folder: Path) -> Path:
    """A site around an application, without the application's own tests."""
    sdist: Path = unpack_sdist(site["name"], site["version"], Path(tempfile.mkdtemp(prefix="djup-sdist-")))
    root = folder / str(site["name"])
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    for package in site["packages"]:
        ignored = shutil.ignore_patterns("tests", "tests.py", "test_*.py")
        shutil.copytree(sdist / package, root / Path(package).name, ignore=ignored)
    apps, processors, more = site["apps"], site.get("processors", []), "\n".join(site.get("settings", []))
    files = {
        "manage.py": MANAGE,
        "site_settings.py": SETTINGS.format(apps=apps, processors=processors, more=more),
        "site_urls.py": URLS.format(urls=",\n    ".join(site["urls"])),
        "requirements.txt": "".join(f"{line}\n" for line in site["requirements"]),
    }
    for name, text in files.items():
        (root / name).write_text(text, encoding="utf-8")
    return root


def measure(root: Path, python: str) -> dict[str, Any]:
    """What ``djup tests`` says of a site, or why it says nothing."""
    words = ["tests", "--quiet", "--python", python, "--format", "json", str(root)]
    ran = subprocess.run([sys.executable, "-m", "djup", *words], capture_output=True, text=True, check=False)
    if not ran.stdout.startswith("{"):
        return {"problem": ran.stderr.strip().splitlines()[-1]}
    page: dict[str, Any] = json.loads(ran.stdout)
    return page


def cells(page: dict[str, Any]) -> list[str]:
    """What a row tells of a page."""
    reached = page.get("smoke")
    if not reached:
        return [str(page.get("problem") or "; ".join(page["notes"])), "", "", "", "", ""]
    return [
        f"{page['django']} / {page['python']}",
        f"{reached['routes_reached']} of {reached['routes']}",
        str(reached["requests"]),
        f"{reached['templates_compiled']} of {reached['templates']}",
        f"{reached['models_saved']} of {reached['models']}",
        f"{100 * reached['statements_ran'] / max(reached['statements'], 1):.0f} %",
    ]


def row(parts: tuple[str, ...] | list[str]) -> str:
    """A row of a Markdown table."""
    return "| " + " | ".join(parts) + " |"


if __name__ == "__main__":
    sys.exit(main())
