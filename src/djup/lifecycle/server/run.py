"""Running the server: made before it listens, made anew beside it when pages or the day change, then swapped."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable
from pathlib import Path

import uvicorn
import uvloop

from djup.errors import Interrupted, UsageError
from djup.lifecycle.catalogue import load_catalogue
from djup.lifecycle.server.answers import Answers
from djup.lifecycle.server.app import App
from djup.lifecycle.site.settings import Settings
from djup.lifecycle.site.tree import site_files
from djup.model import Record

Say = Callable[[str], None]


class Source(Record):
    """What the site is made of: folders of pages beside the bundled ones, its address and its title."""

    folders: tuple[Path, ...] = ()
    bundled: bool = True
    url: str = ""
    title: str = "Lifecycles"

    def make(self, now: dt.datetime) -> Answers:
        """Make all answers as of a moment in UTC."""
        catalogue = load_catalogue(self.folders, bundled=self.bundled)
        return Answers(site_files(catalogue, Settings(now=now, url=self.url, title=self.title)))

    def state(self, now: dt.datetime) -> tuple[object, ...]:
        """What makes a new build necessary when it changes: the day, and each page's name, size and time."""
        files = [file for folder in self.folders for file in ([folder] if folder.is_file() else folder.glob("*.md"))]
        return (now.date(), *sorted((str(file), *_stamp(file)) for file in files))


def _stamp(file: Path) -> tuple[int, int]:
    try:
        found = file.stat()
    except OSError:  # gone between listing and looking
        return (0, 0)
    return (found.st_size, found.st_mtime_ns)


def serve(source: Source, host: str, port: int, say: Say, *, every: float = 2.0) -> None:
    """Serve until stopped; raises UsageError where there is nothing to serve or the port is taken."""
    started = _now()
    app = App(source.make(started))
    config = uvicorn.Config(
        app, host=host, port=port, http="httptools", access_log=False, server_header=False,
        log_level="warning", timeout_graceful_shutdown=5,
    )  # fmt: skip
    watcher = Watcher(app, source, source.state(started), say)
    try:
        uvloop.run(_serve(uvicorn.Server(config), watcher, every))
    except (KeyboardInterrupt, Interrupted):
        say("Stopped.")
    except SystemExit as error:
        raise UsageError(
            f"the server could not listen on {host}:{port}.", hint="Name another --port, or end what uses this one."
        ) from error


async def _serve(server: uvicorn.Server, watcher: Watcher, every: float) -> None:
    watching = asyncio.create_task(watcher.watch(every))
    try:
        await server.serve()
    finally:
        watching.cancel()


class Watcher:
    """Makes the answers anew whenever the pages or the day change; while that fails, the old ones stay."""

    def __init__(self, app: App, source: Source, state: tuple[object, ...], say: Say) -> None:
        self.app, self.source, self.state, self.say = app, source, state, say

    async def watch(self, every: float) -> None:
        """Look every so many seconds, until cancelled."""
        while True:
            await asyncio.sleep(every)
            await self.look(_now())

    async def look(self, now: dt.datetime) -> None:
        """Look once; the making runs beside the serving."""
        state = await asyncio.to_thread(self.source.state, now)
        if state == self.state:
            return
        self.state = state
        try:
            self.app.answers = await asyncio.to_thread(self.source.make, now)
        except (UsageError, OSError) as error:
            self.say(f"The pages could not be read anew ({error}); the old ones are served.")
        else:
            self.say(f"{len(self.app.answers.by_path):,} answers made anew.")


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
