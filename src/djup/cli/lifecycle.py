"""``djup lifecycle``: product pages checked, kept current, and made into a site."""

from __future__ import annotations

import datetime as dt
from pathlib import Path, PurePosixPath

import click

from djup.cli.options import HELP
from djup.cli.output import put, show, show_patch, tell
from djup.environments.sources import own_sources
from djup.lifecycle.catalogue import load_catalogue
from djup.lifecycle.pages import read_paths
from djup.lifecycle.rules import validate_all
from djup.lifecycle.schema import page_schema
from djup.lifecycle.site.settings import Settings
from djup.packages.index import Index
from djup.report.diff import unified_diff
from djup.report.forms import FORMS
from djup.report.forms import json as json_form
from djup.report.lifecycle import ValidationPage, document
from djup.report.visible import visible
from djup.tasks.refresh import Refresh, page_files, refresh_file, write_page

FILES = click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="FILES..."
)


FOLDERS = click.argument("folders", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="[PAGES]...")
URL = click.option(
    "--url", default="", metavar="URL", help="The address the site is reached at, without a slash at its end."
)
TITLE = click.option("--title", default="Lifecycles", show_default=True, help="The title of the site.")
BUNDLED = click.option("--bundled/--no-bundled", default=True, help="With the pages that come with djup, or without.")


@click.group(context_settings=HELP)
def lifecycle() -> None:
    """Check, refresh and serve the support dates of products."""


@lifecycle.command(context_settings=HELP)
@FILES
@click.option(
    "--format", "form", type=click.Choice([*FORMS]), default="text", show_default=True, help="How to print the result."
)
@click.option("--strict", is_flag=True, help="Let warnings count too.")
def validate(files: tuple[Path, ...], form: str, *, strict: bool) -> int:
    """Check product pages (files, or folders of *.md); each problem names its file, line, key and rule.

    Exits with 1 if there are errors.
    """
    pages = read_paths(files)
    problems = validate_all(pages, dt.datetime.now(dt.UTC).date())
    page = ValidationPage(pages=len(pages), problems=problems)
    if form == "text":  # as compilers print them, so that editors jump to the place
        put("".join(f"{visible(str(problem))}\n" for problem in problems))
        tell(f"{len(pages)} pages, {len(problems)} problems")
    else:
        show(form, page, document(page))
    return 1 if any(strict or problem.level == "error" for problem in problems) else 0


@lifecycle.command(context_settings=HELP)
def schema() -> None:
    """Print the JSON Schema of a product page's front matter."""
    put(json_form.render(page_schema()))


@lifecycle.command(context_settings=HELP)
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
            tell(problem)
    settings = Settings(now=dt.datetime.now(dt.UTC), url=url.rstrip("/"), title=title)
    count = build_site(catalogue, settings, out)
    put(visible(f"{len(catalogue.pages)} products, {count:,} files in {out}") + "\n")


@lifecycle.command("serve", context_settings=HELP)
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
    tell(f"Serving on {address} (stop with Ctrl-C)")
    serve(source, host, port, tell)


@lifecycle.command(context_settings=HELP)
@FILES
@click.option("--check", "only_check", is_flag=True, help="Exit with 1 if a page is not current; write nothing.")
@click.option("--git", is_flag=True, help="Ask the git remotes that pages name too, not only the package index.")
def refresh(files: tuple[Path, ...], *, only_check: bool, git: bool) -> int:
    """Bring the newest versions and their days into product pages, and print what changed as a diff.

    New releases are proposed, never written: when their support ends is for a person to look up.
    """
    index = Index(own_sources().urls)
    stale = False
    for file in page_files(files):
        found = refresh_file(file, index, git=git, note=tell)
        if found is None:
            continue
        stale = stale or found.stale
        _show_refresh(file, found)
        if found.before != found.after and not only_check:
            write_page(file, found.after)
    return 1 if only_check and stale else 0


def _show_refresh(file: Path, found: Refresh) -> None:
    show_patch(unified_diff(file.parent, {PurePosixPath(file.name): found.after.encode()}))
    for update in found.refreshed.updates:
        tell(f"{file}: {update.cycle}: {update.key} {update.old or 'none'} -> {update.new}: {update.why}")
    for doubt in found.refreshed.doubts:
        tell(f"{file}: {doubt}")
    for proposal in found.refreshed.proposals:
        since = f" since {proposal.day.isoformat()}" if proposal.day else ""
        put(visible(f"{file}: release {proposal.cycle} is missing; {proposal.version} is out{since}") + "\n")
