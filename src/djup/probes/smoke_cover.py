"""Which of the project's own lines run, by coverage.py where it can be imported; the result as plain JSON."""

import fnmatch
import json
import os
import sys


def start(rc, overlay):
    """Begin to measure; None where coverage.py cannot be imported. ``overlay`` is a folder that may hold it."""
    sys.path.append(overlay)
    try:
        import coverage
    except Exception:
        return None
    finally:
        sys.path.remove(overlay)
    cover = coverage.Coverage(config_file=rc)
    cover.start()
    return cover


def finish(cover, root, file):
    """Stop, and write for each own file which lines ran and which did not."""
    cover.stop()
    write_lines(cover, root, file)


def never_run(cover, root, measured):
    """The modules below the root that no process imported, where all of it is measured."""
    if cover.get_option("run:include"):
        return
    omitted = cover.get_option("run:omit") or ()
    for where, folders, names in os.walk(root):
        folders[:] = [name for name in folders if not name.startswith(".") and name not in ("node_modules", "site-packages")]
        for name in names if where == root or "__init__.py" in names else ():
            path = os.path.join(where, name)
            if name.endswith(".py") and path not in measured and not any(fnmatch.fnmatch(path, one) for one in omitted):
                yield path


def write_lines(cover, root, file):
    """Write the lines of every file that was measured, or could have been."""
    lines = {}
    measured = set(os.path.realpath(path) for path in cover.get_data().measured_files())
    for path in sorted(measured.union(never_run(cover, root, measured))):
        try:
            _, statements, _, missing, _ = cover.analysis2(path)
        except Exception:
            continue
        absent = set(missing)
        name = os.path.relpath(os.path.realpath(path), root)
        if statements:
            lines[name] = {"ran": [line for line in statements if line not in absent], "missed": missing}
    with open(file, "w") as handle:
        json.dump(lines, handle)
