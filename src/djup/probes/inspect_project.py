"""Sets Django up in the project's own Python and reports, as JSON lines: checks, migration drift, templates, imports.

Usage: inspect_project.py TASKS-FILE with ``DJUP_PROBE_OUT`` set; the file holds {"tasks": [...], "modules": [...], "root": "..."}.
"""

import io
import json
import os
import sys
import traceback

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:] = [entry for entry in sys.path if os.path.abspath(entry or ".") != HERE]
sys.path.append(HERE)

import djup_recorder as recorder  # noqa: E402

ROOT = ""


def report(task, subject, ok, message="", owner="", trace=""):
    recorder.write(
        "inspection.jsonl",
        {"task": task, "subject": subject, "ok": ok, "message": message, "owner": owner, "trace": trace},
    )


def report_error(task, subject):
    kind, error, trace = sys.exc_info()
    text = "%s: %s" % (kind.__name__, error)
    full = "".join(traceback.format_exception(kind, error, trace))
    report(task, subject, False, text, recorder.blame(error, trace), full[-6000:])


def own(path):
    """Whether a path lies in the project and in none of its environments."""
    real = os.path.realpath(path)
    return real.startswith(ROOT + os.sep) and "site-packages" not in real


def check():
    try:
        from django.core.checks import run_checks
    except ImportError:
        return check_before_17()
    from django.core import checks

    found = run_checks()
    for message in found:
        subject = message.id or "check"
        text = "%s %s" % (message.msg, message.obj) if message.obj else str(message.msg)
        if message.hint:
            text += " (%s)" % message.hint
        serious = message.level >= checks.ERROR and not message.is_silenced()
        report("check" if serious else "check-warning", subject, not serious, text)
    report("check", "system check", True)


def check_before_17():
    """What ``validate`` finds in the models; the framework of checks came with Django 1.7 (1.6 has a package of its name)."""
    from django.core.management.validation import get_validation_errors

    text = io.BytesIO() if str is bytes else io.StringIO()
    if get_validation_errors(text):
        for line in text.getvalue().splitlines():
            report("check", "validate", False, line)
    report("check", "system check", True)


def drift():
    try:
        from django.apps import apps
    except ImportError:
        return
    from django.db.migrations.autodetector import MigrationAutodetector
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.state import ProjectState

    try:
        from django.db.migrations.questioner import NonInteractiveMigrationQuestioner as Questioner
    except ImportError:  # until Django 1.8
        from django.db.migrations.questioner import MigrationQuestioner as Questioner

    try:
        loader = MigrationLoader(None, ignore_no_migrations=True)
    except TypeError:
        loader = MigrationLoader(None)
    conflicts = loader.detect_conflicts()
    questioner = Questioner(specified_apps=set(), dry_run=True)
    state = loader.project_state() if hasattr(loader, "project_state") else loader.graph.project_state()
    detector = MigrationAutodetector(state, ProjectState.from_apps(apps), questioner)
    changes = detector.changes(graph=loader.graph)
    for config in apps.get_app_configs():
        if not own(config.path):
            continue
        planned = [
            operation.describe() for migration in changes.get(config.label, []) for operation in migration.operations
        ]
        if config.label in conflicts:
            planned.append("conflicting migrations: %s" % ", ".join(conflicts[config.label]))
        report("drift", config.label, not planned, "; ".join(planned))


def template_folders(engine):
    folders = list(getattr(engine, "template_dirs", ()))
    return [str(folder) for folder in folders if os.path.isdir(str(folder)) and own(str(folder))]


class OnlyEngine(object):
    """Stands for the one engine that Django had before 1.8."""

    @property
    def template_dirs(self):
        from django.conf import settings
        from django.template.loaders import app_directories

        return list(settings.TEMPLATE_DIRS) + list(getattr(app_directories, "app_template_dirs", ()))

    def from_string(self, source):
        from django.template import Template

        return Template(source)


def template_engines():
    try:
        from django.template import engines
    except ImportError:
        return [OnlyEngine()]
    return engines.all()


def templates():
    for engine in template_engines():
        for folder in template_folders(engine):
            for where, _, names in sorted(os.walk(folder)):
                for name in sorted(names):
                    path = os.path.join(where, name)
                    if name.startswith(".") or name.endswith((".pyc", ".py", ".png", ".jpg", ".gif", ".ico", ".woff")):
                        continue
                    compile_template(engine, os.path.relpath(path, folder), path)


def compile_template(engine, name, path):
    subject = os.path.relpath(path, ROOT)
    try:
        with io.open(path, encoding="utf-8") as handle:
            source = handle.read()
    except (UnicodeDecodeError, IOError):
        return
    recorder.subject = path
    try:
        engine.from_string(source)
    except Exception:
        report_error("templates", subject)
    else:
        report("templates", subject, True)
    finally:
        recorder.subject = ""


def name_in_use(name):
    """The name by which the project itself knows a module.

    Where the folder of manage.py is a package, as ``startproject`` of Django 1.3 made it, its modules have two names:
    ``polls.models`` and ``site.polls.models``. Imported by both, models and their registrations would be there twice.
    """
    parts = name.split(".")
    for folder in sys.path:
        path = os.path.join(os.path.abspath(folder or "."), *parts)
        if not (os.path.isfile(path + ".py") or os.path.isfile(os.path.join(path, "__init__.py"))):
            continue
        whole, above = name, os.path.abspath(folder or ".")
        while own(os.path.join(above, "x")) and os.path.isfile(os.path.join(above, "__init__.py")):
            whole, above = os.path.basename(above) + "." + whole, os.path.dirname(above)
            if whole.rpartition(".")[0] in sys.modules and parts[0] not in sys.modules:
                return whole
        break
    return name


def imports(modules):
    import importlib

    for name in modules:
        try:
            importlib.import_module(name_in_use(name))
        except KeyboardInterrupt:
            raise
        except BaseException:
            report_error("imports", name)
        else:
            report("imports", name, True)


def set_up():
    try:
        import django
        from django.conf import settings

        settings.INSTALLED_APPS
        if hasattr(django, "setup"):
            django.setup()
        else:
            from django.db.models.loading import get_models

            get_models()
    except BaseException:
        report_error("settings", os.environ.get("DJANGO_SETTINGS_MODULE", "settings"))
        return False
    report("settings", "settings", True)
    return True


def main():
    global ROOT
    with io.open(sys.argv[1], encoding="utf-8") as handle:
        asked = json.load(handle)
    ROOT = os.path.realpath(asked["root"])
    recorder.install_warnings()
    tasks = [("check", check), ("drift", drift), ("templates", templates), ("imports", lambda: imports(asked["modules"]))]
    if not set_up():
        return
    for name, task in tasks:
        if name not in asked["tasks"]:
            continue
        try:
            task()
        except KeyboardInterrupt:
            raise
        except BaseException:
            report_error(name, name)
        report(name, "", True, "done")


if __name__ == "__main__":
    main()
