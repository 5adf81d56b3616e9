"""The step that proves the schema: migrations from nothing, and forward from the baseline's database, compared."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path, PurePosixPath

from djup.hops.context import RunContext, StepOutcome
from djup.hops.evidence import SCHEMA
from djup.hops.place import project_now, workplace
from djup.hops.verdict import GREEN, Verdict, verdict_of
from djup.model import Hop, Project
from djup.project.apps import command_folder
from djup.verify.compare import Comparison
from djup.verify.proof import SchemaProof, prove, worse_by_schema
from djup.verify.schema import Schema, migrate_forward, on_server, read_schema
from djup.verify.workplace import Workplace

BASELINE = "baseline.sqlite3"


def schema(context: RunContext, hop: Hop) -> StepOutcome:
    """Make the schemas of this stop on the project's server, or else in SQLite files, and compare."""
    project = project_now(context)
    if project.settings is None:
        return StepOutcome(message="not made: which settings the site takes is not known", skipped=True)
    before = context.ledger.kept(0, SCHEMA) if hop.number else None
    if hop.number and (before is None or before.reason):
        return StepOutcome(message="not made: there is nothing to compare with", skipped=True)
    place, directory = workplace(context, hop, "schema", project), command_folder(project)
    files = context.ledger.folder / "schema"
    files.mkdir(parents=True, exist_ok=True)
    if before is None:
        proof = _baseline(place, directory, files)
    else:
        proof = prove(before, _later(before, place, directory, files), _labels(project))
    context.ledger.keep(hop.number, SCHEMA, proof)
    if proof.reason:
        context.reporter.note(f"the schema could not be proven: {proof.reason}")
    if proof.instead:
        context.reporter.note(f"the schema is proven in SQLite files, not on the server: {proof.instead}")
    return StepOutcome(message=_told(proof))


def _baseline(place: Workplace, directory: PurePosixPath, files: Path) -> SchemaProof:
    """The first schema, of the kind of database that all later ones are of."""
    served = on_server(place, directory, "baseline") if place.network == "host" else None
    if served is not None and served.vendor not in ("", "sqlite") and not served.error:
        return SchemaProof(new=served)
    file = files / BASELINE
    file.unlink(missing_ok=True)
    made = read_schema(place, directory, file)
    return SchemaProof(
        new=made, reason=_first_line(made.error), instead=_first_line(served.error) if served is not None else ""
    )


def _later(before: SchemaProof, place: Workplace, directory: PurePosixPath, files: Path) -> SchemaProof:
    """The schemas of a later stop, of the same kind of database as the first."""
    if before.new.vendor != "sqlite":
        return _both(lambda: on_server(place, directory, "new"), lambda: on_server(place, directory, "forward"))
    new, forward = files / "new.sqlite3", files / "forward.sqlite3"
    new.unlink(missing_ok=True)
    try:
        return _both(
            lambda: read_schema(place, directory, new),
            lambda: migrate_forward(place, directory, files / BASELINE, forward),
        )
    finally:
        new.unlink(missing_ok=True)
        forward.unlink(missing_ok=True)


def _both(new: Callable[[], Schema], forward: Callable[[], Schema]) -> SchemaProof:
    made = new()
    moved = forward() if not made.error else None
    error = made.error or (moved.error and f"migrating forward: {moved.error}" if moved else "")
    return SchemaProof(new=made, forward=moved, reason=_first_line(error))


def _first_line(text: str) -> str:
    return text.strip().splitlines()[0][:300] if text.strip() else ""


def _labels(project: Project) -> set[str]:
    return {app.name.rpartition(".")[2] for app in project.apps}


def _told(proof: SchemaProof) -> str:
    if proof.reason:
        return f"not proven: {proof.reason}"
    many = f"{len(proof.new.tables)} tables" + (f" on {proof.new.vendor}" if proof.new.vendor != "sqlite" else "")
    if proof.equal:
        return f"{many}, equal" if proof.forward else many
    return f"{many}; {len(proof.lost)} differences from the baseline, {len(proof.apart)} of a database migrated forward"


def judge_schema(context: RunContext, hop: Hop) -> Verdict:
    """The verdict on the schemas of a hop; those of the baseline are what later ones are compared with."""
    return judge_proof(context.ledger.kept(hop.number, SCHEMA)) if hop.number else GREEN


def judge_proof(proof: SchemaProof | None) -> Verdict:
    """Red where own tables or columns are lost, or migrations fail that ran at the baseline."""
    return verdict_of(Comparison(worse=worse_by_schema(proof)))
