"""The site under observation: settings made harmless, the test database by the project's own runner, isolation, people."""

import os
import signal
import tempfile
import unittest

import smoke_objects

EACH_SECONDS = 20
SQLITE = "DJUP_SMOKE_SQLITE"


class TookTooLong(BaseException):
    """An exercise that did not come to its end."""


def _ring(number, frame):
    raise TookTooLong()


def limited(work, *arguments):
    """Do a piece of work within its time."""
    signal.signal(signal.SIGALRM, _ring)
    signal.alarm(EACH_SECONDS)
    try:
        return work(*arguments)
    finally:
        signal.alarm(0)


def soften():
    """Keep what the site does from lasting or from taking long: mail, uploads, caches, passwords, logs."""
    import logging

    from django.conf import settings

    logging.disable(logging.CRITICAL)
    settings.MEDIA_ROOT = tempfile.mkdtemp(prefix="smoke-media-")
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.CELERY_TASK_ALWAYS_EAGER = settings.CELERY_ALWAYS_EAGER = True
    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    stores = getattr(settings, "STORAGES", None)
    if stores and "staticfiles" in stores:
        settings.STORAGES = dict(stores, staticfiles={"BACKEND": plain})
    elif "django.contrib.staticfiles" in settings.INSTALLED_APPS and hasattr(settings, "STATICFILES_STORAGE"):
        if "Manifest" in settings.STATICFILES_STORAGE or "Cached" in settings.STATICFILES_STORAGE:
            settings.STATICFILES_STORAGE = plain
    if os.environ.get(SQLITE):
        sqlite = {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}
        settings.DATABASES = dict((alias, dict(sqlite)) for alias in settings.DATABASES)


def runner_of():
    """The project's own test runner, made as ``manage.py test`` makes it; Django's where that fails."""
    from django.conf import settings
    from django.test.utils import get_runner

    try:
        return get_runner(settings)(verbosity=0, interactive=False)
    except Exception:
        try:
            from django.test.runner import DiscoverRunner as plain
        except ImportError:
            from django.test.simple import DjangoTestSuiteRunner as plain
        return plain(verbosity=0, interactive=False)


def clear_caches():
    from django.core.cache import cache

    cache.clear()


def make_isolation():
    """A function that does a piece of work inside a Django TestCase: all of it is rolled back."""
    from django.test import TestCase

    class Isolated(TestCase):
        databases = "__all__"
        multi_db = True
        todo = None

        def runTest(self):
            type(self).given = type(self).todo[0](self.client, *type(self).todo[1])

    Isolated.setUpClass()

    def isolated(work, *arguments):
        Isolated.todo, Isolated.given = (work, arguments), None
        clear_caches()
        result = unittest.TestResult()
        case = Isolated()
        case(result)
        for _, text in result.errors + result.failures:
            raise RuntimeError(text.strip().splitlines()[-1])
        return Isolated.given

    return isolated


class People(object):
    """Who visits: nobody, a user without rights, and staff with all of them."""

    def __init__(self, objects):
        self.rows = {"anonymous": None}
        try:
            from django.contrib.auth import get_user_model

            model = get_user_model()
        except ImportError:
            from django.contrib.auth.models import User as model
        except Exception:
            return
        if not model._meta.installed if hasattr(model._meta, "installed") else False:
            return
        try:
            objects.users(model)
        except Exception as error:
            objects.failed[model] = error
        rows = objects.made.get(model, [])
        self.rows.update(zip(("user", "staff"), rows))

    def names(self):
        return [name for name in ("anonymous", "user", "staff") if name in self.rows]

    def log_in(self, client, name):
        """Log a person in without a password."""
        row = self.rows.get(name)
        if row is None:
            return
        row = type(row)._base_manager.get(pk=row.pk)
        if hasattr(client, "force_login"):
            client.force_login(row)
            return
        from django.conf import settings
        from django.contrib.auth import login
        from django.http import HttpRequest

        request = HttpRequest()
        engine = __import__(settings.SESSION_ENGINE, {}, {}, ["SessionStore"])
        request.session = engine.SessionStore()
        row.backend = settings.AUTHENTICATION_BACKENDS[0]
        login(request, row)
        request.session.save()
        client.cookies[settings.SESSION_COOKIE_NAME] = request.session.session_key


def database():
    """What the default database is, for the report."""
    from django.db import connection

    return connection.vendor


def own_models(is_own):
    """The models whose classes lie in the project, in a fixed order."""
    try:
        from django.apps import apps
    except ImportError:
        from django.db.models.loading import get_models
    else:
        get_models = apps.get_models
    found = [model for model in get_models() if is_own(model.__module__)]
    found = [model for model in found if not model._meta.proxy and getattr(model._meta, "managed", True)]
    return sorted(found, key=smoke_objects.label_of)
