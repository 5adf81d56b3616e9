"""The files of a large project shared among processes, chunk by chunk; few files are done in this one."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path, PurePosixPath
from typing import ClassVar, TypeVar

import msgspec

from djup.facts.project import Facts
from djup.fixers.engine.check import Checked, check_text
from djup.fixers.engine.session import Session
from djup.fixers.engine.skips import UnusedSkip, unused_skips
from djup.fixers.engine.text import Fixed, settle
from djup.knowledge.changes import Change
from djup.tasks.fix_cache import digest_of

T = TypeVar("T")

ALONE = 400
"""Files that one process rewrites before a second one is worth its start."""

CHUNK = 64


class Worker:
    """What a process needs for its chunks of files, and its memory from file to file."""

    def __init__(self, root: Path, changes: Sequence[Change], facts: Facts) -> None:
        self.root, self.changes, self.facts = root, changes, facts
        self.session = Session()

    def fix(self, paths: Sequence[PurePosixPath]) -> list[tuple[Fixed, tuple[UnusedSkip, ...]]]:
        """Rewrite a chunk; a file that no change touches is sent back without its text."""
        found = []
        for path in paths:
            data = (self.root / path).read_bytes()
            fixed = settle(data, path, self.changes, self.facts, session=self.session)
            skips = unused_skips(data, path, self.changes, self.facts)
            found.append((fixed if fixed.steps else msgspec.structs.replace(fixed, text=b""), skips))
        return found

    def check(self, paths: Sequence[PurePosixPath]) -> list[tuple[Checked, str]]:
        """Which files of a chunk would be rewritten, and what they are known by."""
        files = [(path, (self.root / path).read_bytes()) for path in paths]
        return [
            (check_text(data, path, self.changes, self.facts, self.session), digest_of(data)) for path, data in files
        ]


Work = Callable[[Worker, Sequence[PurePosixPath]], Sequence[T]]


def shared(worker: Worker, paths: Sequence[PurePosixPath], work: Work[T]) -> Iterator[T]:
    """What the work gives for all files, in their order; many files are shared among processes."""
    processes = min(os.cpu_count() or 1, len(paths) // ALONE + 1)
    chunks = [paths[at : at + CHUNK] for at in range(0, len(paths), CHUNK)]
    if processes == 1:
        for chunk in chunks:
            yield from work(worker, chunk)
        return
    given = (worker.root, worker.changes, worker.facts)
    with ProcessPoolExecutor(processes, initializer=_Process.start, initargs=given) as pool:
        for found in pool.map(_Process.run, [work] * len(chunks), chunks):
            yield from found


class _Process:
    """The one worker of a process of the pool: what all chunks share is sent once, not with each chunk."""

    worker: ClassVar[Worker]

    @classmethod
    def start(cls, root: Path, changes: Sequence[Change], facts: Facts) -> None:
        cls.worker = Worker(root, changes, facts)

    @classmethod
    def run(cls, work: Work[T], chunk: Sequence[PurePosixPath]) -> Sequence[T]:
        return work(cls.worker, chunk)


def summed(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Counts by name added up."""
    total: Counter[str] = Counter()
    for count in counts:
        total.update(count)
    return dict(total)
