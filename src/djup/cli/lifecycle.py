"""``djup lifecycle``: product pages checked, kept current, and made into a site."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from pathlib import Path, PurePosixPath

import click

from djup.cli.output import print_json
from djup.environments.sources import own_sources
from djup.lifecycle.catalogue import load_catalogue
from djup.lifecycle.pages import read_paths
from djup.lifecycle.problems import Problem
from djup.lifecycle.rules import validate_all
from djup.lifecycle.schema import page_schema
from djup.lifecycle.site.settings import Settings
from djup.model import Record
from djup.packages.index import Index
from djup.report.diff import unified_diff
from djup.report.run import SCHEMA_VERSION
from djup.tasks.refresh import refresh_file

FILES = click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="FILES..."
)


FOLDERS = click.argument("folders", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="[PAGES]...")
URL = click.option(
    "--url", default="", metavar="URL", help="The address the site is reached at, without a slash at its end."
)
TITLE = click.option("--title", default="Lifecycles", show_default=True, help="The title of the site.")
BUNDLED = click.option("--bundled/--no-bundled", default=True, help="With the pages that come with djup, or without.")


class ValidationPage(Record):
    """What ``djup lifecycle validate`` found."""

    schema_version: int
    pages: int
    problems: tuple[Problem, ...]


@click.group()
def lifecycle() -> None:
    """Look up, check, refresh and serve which release of which product is supported until when."""


@lifecycle.command()
@FILES
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--strict", is_flag=True, help="Let warnings count too.")
def validate(files: tuple[Path, ...], form: str, *, strict: bool) -> int:
    """Check product pages (files, or folders of *.md) and name file, line, key and rule; exit 1 on errors."""
    pages = read_paths(files)
    problems = validate_all(pages, dt.datetime.now(dt.UTC).date())
    if form == "json":
        print_json(ValidationPage(schema_version=SCHEMA_VERSION, pages=len(pages), problems=problems))
    else:
        for problem in problems:
            click.echo(str(problem))
        click.echo(f"{len(pages)} pages, {len(problems)} problems", err=True)
    return 1 if any(strict or problem.level == "error" for problem in problems) else 0


@lifecycle.command()
def schema() -> None:
    """Print the JSON Schema of a product page's front matter."""
    print_json(page_schema())


@lifecycle.command()
@click.argument("out", type=click.Path(path_type=Path), metavar="OUT")
@FOLDERS
@URL
@TITLE
@BUNDLED
def build(out: Path, folders: tuple[Path, ...], url: str, title: str, *, bundled: bool) -> None:
    """Build the site and its API into the folder OUT, from the bundled pages and those in PAGES."""
    from djup.lifecycle.site.build import build_site  # noqa: PLC0415  # no other command should wait for its imports

    catalogue = load_catalogue(folders, bundled=bundled)
    for page in catalogue.pages.values():
        for problem in page.errors:
            click.echo(str(problem), err=True)
    settings = Settings(now=dt.datetime.now(dt.UTC), url=url.rstrip("/"), title=title)
    count = build_site(catalogue, settings, out)
    click.echo(f"{len(catalogue.pages)} products, {count:,} files in {out}")


@lifecycle.command("serve")
@FOLDERS
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="The port to listen on.")
@URL
@TITLE
@BUNDLED
def serve_site(folders: tuple[Path, ...], host: str, port: int, url: str, title: str, *, bundled: bool) -> None:
    """Serve the site and its API until stopped; changed pages and a new day show by themselves."""
    from djup.lifecycle.server.run import Source, serve  # noqa: PLC0415  # no other command should wait for its imports

    address = url.rstrip("/") or f"http://{host}:{port}"
    source = Source(folders=folders, bundled=bundled, url=address, title=title)
    click.echo(f"Serving on {address} (stop with Ctrl-C)", err=True)
    serve(source, host, port, lambda words: click.echo(words, err=True))


@lifecycle.command()
@FILES
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit 1 if a page is not current.")
@click.option("--git", is_flag=True, help="Ask the git remotes that pages name too, not only the package index.")
def refresh(files: tuple[Path, ...], *, only_check: bool, git: bool) -> int:
    """Bring the newest versions and their days into product pages, and print what changed as a diff.

    New releases are proposed, never written: when their support ends is for a person to look up.
    """
    index = Index(own_sources().urls)
    stale = False
    for file in (one for path in files for one in (sorted(path.glob("*.md")) if path.is_dir() else [path])):
        found = refresh_file(file, index, git=git, note=lambda words: click.echo(words, err=True))
        if found is None:
            continue
        stale = stale or found.stale
        click.echo(unified_diff(file.parent, {PurePosixPath(file.name): found.after.encode()}), nl=False)
        for update in found.refreshed.updates:
            click.echo(
                f"{file}: {update.cycle}: {update.key} {update.old or 'none'} -> {update.new}: {update.why}", err=True
            )
        for doubt in found.refreshed.doubts:
            click.echo(f"{file}: {doubt}", err=True)
        for one in found.refreshed.proposals:
            since = f" since {one.day.isoformat()}" if one.day else ""
            click.echo(f"{file}: release {one.cycle} is missing; {one.version} is out{since}")
        if found.before != found.after and not only_check:
            write_whole(file, found.after)
    return 1 if only_check and stale else 0


def write_whole(file: Path, text: str) -> None:
    """Write a file aside, then move it into place."""
    with tempfile.NamedTemporaryFile("w", dir=file.parent, delete=False, encoding="utf-8", newline="") as aside:
        aside.write(text)
    shutil.copymode(file, aside.name)
    Path(aside.name).replace(file)
