"""Migrates a database, and writes what its schema is then: tables with columns, indexes, constraints, as JSON.

Usage, with ``DJUP_PROBE_OUT`` set: schema_project.py file PATH, for a SQLite file, new or made by an earlier run; or on
the project's own server, where databases are made beside its own, named as for tests:

  schema_project.py new        one that goes as soon as it was looked at
  schema_project.py baseline   one that stays
  schema_project.py forward    the one that stayed, migrated as far as the code goes now
  schema_project.py drop       take the one that stayed away
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
import schema_servers  # noqa: E402


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
    conditions = dict((name, condition_in(sql)) for name, sql in rows(cursor, "SELECT name, sql FROM sqlite_master WHERE type = 'index'"))
    for table, sql in made:
        columns = {}
        for _, name, kind, notnull, default, key in rows(cursor, 'PRAGMA table_info("%s")' % table):
            columns[name] = {"type": kind.lower(), "null": not notnull and not key, "default": default, "key": bool(key)}
        indexes = []
        for row in rows(cursor, 'PRAGMA index_list("%s")' % table):
            if not (row[3:4] == ("pk",)):
                names = [one[2] or "(expression)" for one in rows(cursor, 'PRAGMA index_info("%s")' % row[1])]
                indexes.append({"columns": names, "unique": bool(row[2]), "detail": conditions.get(row[1], "")})
        keys = [[one[3], one[2], one[4] or ""] for one in rows(cursor, 'PRAGMA foreign_key_list("%s")' % table)]
        checks = sorted(" ".join(check.split()) for check in checks_in(sql or ""))
        found[table] = {"columns": columns, "indexes": without_doubles(indexes), "keys": sorted(keys), "checks": checks}
    return found


def condition_in(sql):
    """For which rows an index is, by its statement; empty for all."""
    found = re.search(r"\)\s*WHERE\s+(.*)", sql or "", re.I | re.S)
    return "where " + " ".join(found.group(1).split()) if found else ""


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
    known = sorted(set((tuple(one["columns"]), one["unique"], one["detail"]) for one in indexes))
    return [{"columns": list(columns), "unique": unique, "detail": detail} for columns, unique, detail in known]


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


def kept_name(connection):
    """The name of the database that stays between runs: that of the test database, and djup's."""
    longest = 58  # PostgreSQL takes 63 characters, and another name is made of this one
    return (connection.creation._get_test_db_name() + "_djup")[-longest:]


def name_test_database(connection, name):
    """Let the test database have a name of our choice."""
    given = connection.settings_dict
    if "TEST" in given:
        given["TEST"]["NAME"] = name
    else:
        given["TEST_NAME"] = name


def in_file(path):
    """Migrate a SQLite file."""
    from django.conf import settings

    settings.DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": path}}
    settings.DATABASE_ROUTERS = []
    set_up()
    from django.db import connection

    migrate()
    return told(connection, sqlite_tables(connection.cursor()))


def on_server(what):
    """Make, migrate or drop a database on the server; what is made to be looked at once goes again."""
    set_up()
    from django.db import connection

    if connection.vendor == "sqlite":
        return {"vendor": "sqlite"}
    if connection.vendor not in schema_servers.TABLES:
        return {"vendor": connection.vendor, "error": "schemas on %s are not read" % connection.vendor}
    kept = kept_name(connection)
    if what in ("forward", "drop"):
        own = connection.settings_dict["NAME"]
        connection.close()
        connection.settings_dict["NAME"] = kept
        if what == "drop":
            connection.creation.destroy_test_db(own, verbosity=0)
            return {}
        migrate()
        return told_of_server(connection)
    # Not the project's own test database: its developers may keep theirs, or have tests running in it just now.
    name_test_database(connection, kept if what == "baseline" else kept + "_new")
    own = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        return told_of_server(connection)
    finally:
        if what == "new":
            connection.creation.destroy_test_db(own, verbosity=0)


def told_of_server(connection):
    """The schema of the database a connection is open to."""
    tables = schema_servers.tables(connection, connection.cursor())
    for table in tables.values():
        table.update({"indexes": without_doubles(table["indexes"]), "keys": sorted(table["keys"]), "checks": sorted(table["checks"])})
    return told(connection, tables)


def told(connection, tables):
    return {"vendor": connection.vendor, "tables": tables, "apps": owners(), "applied": applied(connection.cursor())}


def set_up():
    import django
    from django.conf import settings

    settings.INSTALLED_APPS
    if hasattr(django, "setup"):
        django.setup()


def main():
    sys.path.insert(0, os.getcwd())
    try:
        found = in_file(sys.argv[2]) if sys.argv[1] == "file" else on_server(sys.argv[1])
    except BaseException as error:
        found = {"error": "%s: %s" % (type(error).__name__, error), "trace": traceback.format_exc()[-4000:]}
    recorder.write("schema.jsonl", found)


if __name__ == "__main__":
    main()
