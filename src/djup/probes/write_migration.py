"""Writes a migration of one app, as ``makemigrations`` does, without the header that tells the time.

Usage: write_migration.py APP-LABEL NAME.
"""

import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:] = [entry for entry in sys.path if os.path.abspath(entry or ".") != HERE]


def main():
    import django
    from django.core.management import call_command

    django.setup()
    options = {"name": sys.argv[2], "interactive": False, "verbosity": 1}
    if django.VERSION >= (2, 2):
        options["include_header"] = False
    call_command("makemigrations", sys.argv[1], **options)


if __name__ == "__main__":
    main()
