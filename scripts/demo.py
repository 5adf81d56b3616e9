"""Upgrade the bundled demo project in a temporary folder and show what a user would see."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

BUNDLED = Path(__file__).parent.parent / "tests" / "projects" / "townlibrary"


def git(folder: Path, *words: str) -> None:
    """Run git in the copy; the demo's own identity keeps it independent of the user's configuration."""
    identity = ["-c", "user.name=Demo", "-c", "user.email=demo@example.org"]
    subprocess.run(["git", *identity, *words], cwd=folder, check=True)


def main() -> int:
    """Copy, commit, upgrade; leave the result for the user to look at."""
    folder = Path(tempfile.mkdtemp(prefix="djup-demo-")) / BUNDLED.name
    shutil.copytree(BUNDLED, folder)
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "config", "user.name", "Demo")
    git(folder, "config", "user.email", "demo@example.org")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "The site as it was left")
    djup = [sys.executable, "-m", "djup"]
    subprocess.run([*djup, "status", folder], check=True)
    done = subprocess.run([*djup, "upgrade", "-y", "--to", "latest", folder], check=False)
    print(f"\nThe upgraded project is on a branch of {folder}; look at it with\n")
    print(f"    git -C {folder} log --oneline --branches\n")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
