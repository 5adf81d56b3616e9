"""What schemas prove of a hop: new databases are as before, and one that was migrated forward is as a new one."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from djup.model import Finding, Record
from djup.verify.compare import Worse
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
    for difference in compare_schemas(baseline.new, now.new):
        if difference.app not in own:
            explained.append(f"{difference.message} (by {difference.app or 'an app that is gone'})")
        elif difference.app in written:
            explained.append(f"{difference.message} (by a migration that is new)")
        else:
            lost.append(difference)
    apart = [
        difference
        for difference in compare_schemas(now.new, now.forward or now.new)
        if difference.app in own and difference.message not in explained
    ]
    return msgspec.structs.replace(now, lost=tuple(lost), apart=tuple(apart), explained=tuple(dict.fromkeys(explained)))


def _new_migrations(before: Schema, now: Schema) -> list[str]:
    return [name for name in now.applied if name not in before.applied]


def worse_by_schema(proof: SchemaProof | None) -> tuple[Worse, ...]:
    """What keeps a hop from being green: own tables or columns that are lost, or migrations that fail now."""
    if proof is None:
        return ()
    if proof.reason:
        failed = next((schema for schema in (proof.new, proof.forward) if schema and schema.error), proof.new)
        return (Worse(kind="schema", subject="migrations", message=proof.reason, trace=failed.trace),)
    grave = [difference for difference in (*proof.lost, *proof.apart) if difference.severity == "must"]
    return tuple(Worse(kind="schema", subject=difference.table, message=difference.message) for difference in grave)


def findings_of_schema(proof: SchemaProof | None) -> tuple[Finding, ...]:
    """Where a stop's schema is not what it was, for a person to look at."""
    if proof is None:
        return ()
    pairs = [(difference, "A new database") for difference in proof.lost]
    pairs += [(difference, "A database migrated forward, compared with a new one") for difference in proof.apart]
    return tuple(
        Finding(
            change=f"schema/{difference.what}",
            summary=f"{which}: {difference.message}",
            # A difference that is accepted by going on must not stop a person's reading as a "must" would.
            severity="should" if difference.severity == "must" else difference.severity,
            place=None,
            source="failure",
            hint="Write a migration, or see that the difference is meant.",
        )
        for difference, which in pairs
    )
