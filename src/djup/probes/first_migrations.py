"""Writes the first migrations of the project's own apps that have models and none.

Usage: first_migrations.py ROOT FOLDER-TO-LEAVE... with ``DJUP_PROBE_OUT`` set.
"""

import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:] = [entry for entry in sys.path if os.path.abspath(entry or ".") != HERE]
sys.path.append(HERE)

import djup_recorder as recorder  # noqa: E402


def main():
    import django
    from django.apps import apps
    from django.core.management import call_command

    django.setup()
    from django.db.migrations.loader import MigrationLoader

    root = os.path.realpath(sys.argv[1]) + os.sep
    left = [os.path.realpath(folder) for folder in sys.argv[2:]]
    migrated = set(label for label, _ in MigrationLoader(None).disk_migrations)
    labels = []
    for config in apps.get_app_configs():
        path = os.path.realpath(config.path)
        mine = (path + os.sep).startswith(root) and "site-packages" not in path and path not in left
        if mine and config.label not in migrated and [one for one in config.get_models() if one._meta.managed]:
            labels.append(config.label)
    if labels:
        call_command("makemigrations", *labels, interactive=False, verbosity=1)
    for label in labels:
        recorder.write("labels.jsonl", {"label": label})


if __name__ == "__main__":
    main()
