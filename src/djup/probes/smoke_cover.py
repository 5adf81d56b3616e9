"""Which of the project's own lines run, by coverage.py where it can be imported; the result as plain JSON."""

import json
import os
import sys


def start(root, overlay, folder):
    """Begin to measure; None where coverage.py cannot be imported. ``overlay`` is a folder that may hold it."""
    sys.path.append(overlay)
    try:
        import coverage
    except Exception:
        return None
    finally:
        sys.path.remove(overlay)
    omit = [os.path.join(root, "*", name, "*") for name in ("site-packages", "node_modules", "migrations")]
    cover = coverage.Coverage(data_file=os.path.join(folder, ".coverage"), source=[root], omit=omit, config_file=False)
    try:
        cover.set_option("run:disable_warnings", ["no-data-collected", "module-not-measured", "module-not-imported", "already-imported"])
    except Exception:
        pass
    cover.start()
    return cover


def finish(cover, root, file):
    """Stop, and write for each own file which lines ran and which did not."""
    cover.stop()
    try:
        cover.save()
    except Exception:
        pass
    lines = {}
    for path in sorted(cover.get_data().measured_files()):
        try:
            _, statements, _, missing, _ = cover.analysis2(path)
        except Exception:
            continue
        absent = set(missing)
        name = os.path.relpath(os.path.realpath(path), root)
        lines[name] = {"ran": [line for line in statements if line not in absent], "missed": missing}
    with open(file, "w") as handle:
        json.dump(lines, handle)
