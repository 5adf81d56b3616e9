"""What schemas prove of a hop: new databases are as before, and one that was migrated forward is as a new one."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from djup.model import Record
from djup.verify.schema import Schema, SchemaDifference, compare_schemas


class SchemaProof(Record):
    """The schemas of a hop. ``new`` is made from nothing, ``forward`` from the baseline's database.

    All schemas of a run are of one kind of database: the project's own where its server lets djup make some, else
    SQLite files; ``instead`` says why it is files where it should not be. ``lost`` tells how new databases differ from
    the baseline's, ``apart`` how the one migrated forward differs from a new one; both tell of the project's own
    tables alone. ``explained`` are differences that migrations of the project itself, new in the hop, or the migrations
    of other apps bring. ``reason`` says why there is no proof.
    """

    new: Schema
    forward: Schema | None = None
    lost: tuple[SchemaDifference, ...] = ()
    apart: tuple[SchemaDifference, ...] = ()
    explained: tuple[str, ...] = ()
    reason: str = ""
    instead: str = ""

    @property
    def equal(self) -> bool:
        """Whether the proof was made and nothing differs."""
        return not (self.reason or self.lost or self.apart)


def prove(baseline: SchemaProof, now: SchemaProof, own: Collection[str]) -> SchemaProof:
    """Compare the schemas of a hop with those of the baseline; ``own`` are the labels of the project's own apps."""
    written = {name.partition(".")[0] for name in _new_migrations(baseline.new, now.new)}
    explained: list[str] = []
    lost: list[SchemaDifference] = []
    for one in compare_schemas(baseline.new, now.new):
        if one.app not in own:
            explained.append(f"{one.message} (by {one.app or 'an app that is gone'})")
        elif one.app in written:
            explained.append(f"{one.message} (by a migration that is new)")
        else:
            lost.append(one)
    apart = [
        one
        for one in compare_schemas(now.new, now.forward or now.new)
        if one.app in own and one.message not in explained
    ]
    return msgspec.structs.replace(now, lost=tuple(lost), apart=tuple(apart), explained=tuple(dict.fromkeys(explained)))


def _new_migrations(before: Schema, now: Schema) -> list[str]:
    return [name for name in now.applied if name not in before.applied]
