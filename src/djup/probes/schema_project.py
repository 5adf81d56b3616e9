"""Migrates a database, and writes what its schema is then: tables with columns, indexes, constraints, as JSON.

Usage: schema_project.py DATABASE-FILE with ``DJUP_PROBE_OUT`` set: a SQLite file, new or made by an earlier run, or
``server`` for a test database on the project's own server.
"""

import json
import os
import re
import sys
import traceback

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:] = [entry for entry in sys.path if os.path.abspath(entry or ".") != HERE]
sys.path.append(HERE)

import djup_recorder as recorder  # noqa: E402


def migrate():
    """Bring the database to where the code is, by whatever the release has for it."""
    import django
    from django.core.management import call_command

    options = {"interactive": False, "verbosity": 0}
    if django.VERSION >= (1, 8):
        call_command("migrate", fake_initial=True, run_syncdb=True, **options) if django.VERSION >= (1, 9) else call_command("migrate", **options)
    elif django.VERSION >= (1, 7):
        call_command("migrate", **options)
    else:
        from django.conf import settings

        if "south" in settings.INSTALLED_APPS:
            options["migrate"] = True
        call_command("syncdb", load_initial_data=False, **options)


def rows(cursor, sql):
    cursor.execute(sql)
    return cursor.fetchall()


def sqlite_tables(cursor):
    """The schema of a SQLite database, by its own account."""
    found = {}
    made = rows(cursor, "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    for table, sql in made:
        columns = {}
        for _, name, kind, notnull, default, key in rows(cursor, 'PRAGMA table_info("%s")' % table):
            columns[name] = {"type": kind.lower(), "null": not notnull and not key, "default": default, "key": bool(key)}
        indexes = []
        for row in rows(cursor, 'PRAGMA index_list("%s")' % table):
            if not (row[3:4] == ("pk",)):
                names = [one[2] or "(expression)" for one in rows(cursor, 'PRAGMA index_info("%s")' % row[1])]
                indexes.append({"columns": names, "unique": bool(row[2])})
        keys = [[one[3], one[2], one[4] or ""] for one in rows(cursor, 'PRAGMA foreign_key_list("%s")' % table)]
        checks = sorted(" ".join(check.split()) for check in checks_in(sql or ""))
        found[table] = {"columns": columns, "indexes": without_doubles(indexes), "keys": sorted(keys), "checks": checks}
    return found


def checks_in(sql):
    """The conditions of CHECK clauses, parentheses balanced."""
    for match in re.finditer(r"\bCHECK\s*\(", sql, re.I):
        depth, at = 1, match.end()
        while at < len(sql) and depth:
            depth += {"(": 1, ")": -1}.get(sql[at], 0)
            at += 1
        yield sql[match.end():at - 1]


def without_doubles(indexes):
    """Indexes of the same columns and kind once, sorted; their names are Django's and change."""
    known = sorted(set((tuple(one["columns"]), one["unique"]) for one in indexes))
    return [{"columns": list(columns), "unique": unique} for columns, unique in known]


def server_tables(connection, cursor):
    """The schema of a server's database, by Django's introspection."""
    found = {}
    look = connection.introspection
    for table in look.table_names(cursor):
        columns = {}
        for one in look.get_table_description(cursor, table):
            kind = look.get_field_type(one[1], one)
            kind = kind[0] if isinstance(kind, tuple) else kind
            columns[one[0]] = {"type": "%s %s" % (kind, one[3] or ""), "null": bool(one[6]), "default": None, "key": False}
        indexes, keys, checks = [], [], []
        for one in look.get_constraints(cursor, table).values():
            if one["foreign_key"]:
                keys.append([one["columns"][0]] + list(one["foreign_key"]))
            elif one["check"]:
                checks.append(",".join(one["columns"] or ()))
            elif one["primary_key"]:
                for name in one["columns"]:
                    columns[name]["key"] = True
            else:
                indexes.append({"columns": list(one["columns"]), "unique": bool(one["unique"])})
        found[table] = {"columns": columns, "indexes": without_doubles(indexes), "keys": sorted(keys), "checks": sorted(checks)}
    return found


def owners():
    """The app of each table; those of relations of their own included."""
    try:
        from django.apps import apps
    except ImportError:
        from django.db.models.loading import get_models

        models = get_models(include_auto_created=True)
    else:
        models = apps.get_models(include_auto_created=True)
    return dict((model._meta.db_table, model._meta.app_label) for model in models)


def applied(cursor):
    """The migrations on record."""
    try:
        return sorted("%s.%s" % row for row in rows(cursor, "SELECT app, name FROM django_migrations"))
    except Exception:
        return []


def run(where):
    import django
    from django.conf import settings

    settings.INSTALLED_APPS
    server = where == "server"
    if not server:
        sqlite = {"ENGINE": "django.db.backends.sqlite3", "NAME": where}
        settings.DATABASES = {"default": sqlite}
        settings.DATABASE_ROUTERS = []
    if hasattr(django, "setup"):
        django.setup()
    from django.db import connection

    name = connection.creation.create_test_db(verbosity=0, autoclobber=True) if server else ""
    try:
        if not server:
            migrate()
        cursor = connection.cursor()
        tables = server_tables(connection, cursor) if server else sqlite_tables(cursor)
        return {"vendor": connection.vendor, "tables": tables, "apps": owners(), "applied": applied(cursor)}
    finally:
        if server and name:
            connection.creation.destroy_test_db(name, verbosity=0)


def main():
    sys.path.insert(0, os.getcwd())
    try:
        found = run(sys.argv[1])
    except BaseException as error:
        found = {"error": "%s: %s" % (type(error).__name__, error), "trace": traceback.format_exc()[-4000:]}
    recorder.write("schema.jsonl", found)


if __name__ == "__main__":
    main()
