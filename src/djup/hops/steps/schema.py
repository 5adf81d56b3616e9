"""The step that proves the schema: migrations from nothing, and forward from the baseline's database, compared."""

from __future__ import annotations

from pathlib import PurePosixPath

from djup.hops.place import project_now, workplace
from djup.hops.work import Done, Work
from djup.model import Hop, Project
from djup.project.apps import command_folder
from djup.verify.proof import SchemaProof, prove
from djup.verify.schema import Schema, migrate_forward, read_schema
from djup.verify.workplace import Workplace


def schema(work: Work, hop: Hop) -> Done:
    """Make the schemas of this stop in SQLite files (and a new one on the server, where there is one), and compare."""
    project = project_now(work)
    if project.settings is None:
        return Done(message="not made: which settings the site takes is not known", skipped=True)
    before = work.ledger.kept(0, "schema", SchemaProof) if hop.number else None
    if hop.number and (before is None or before.reason):
        return Done(message="not made: there is nothing to compare with", skipped=True)
    place = workplace(work, hop, "schema", project)
    made = _make(work, hop, project, place)
    proof = prove(before, made, _labels(project)) if before is not None else made
    work.ledger.keep(hop.number, "schema", proof)
    if proof.reason:
        work.reporter.note(f"the schema could not be proven: {proof.reason}")
    return Done(message=_told(proof))


def _make(work: Work, hop: Hop, project: Project, place: Workplace) -> SchemaProof:
    files = work.ledger.folder / "schema"
    directory = command_folder(project)
    baseline, new, forward = files / "baseline.sqlite3", files / "new.sqlite3", files / "forward.sqlite3"
    files.mkdir(parents=True, exist_ok=True)
    file = new if hop.number else baseline
    file.unlink(missing_ok=True)
    try:
        made = read_schema(place, directory, file)
        moved = migrate_forward(place, directory, baseline, forward) if hop.number and not made.error else None
    finally:
        new.unlink(missing_ok=True)
        forward.unlink(missing_ok=True)
    error = made.error or (moved.error and f"migrating forward: {moved.error}" if moved else "")
    server = _on_server(project, place, directory)
    if server is not None and server.error:
        work.reporter.note(f"the schema was proven in SQLite alone, not on the server: {_first_line(server.error)}")
        server = None
    return SchemaProof(new=made, forward=moved, server=server, reason=_first_line(error))


def _on_server(project: Project, place: Workplace, directory: PurePosixPath) -> Schema | None:
    """The schema of a test database on the project's server; None where it has none."""
    if not any(database.vendor in ("postgresql", "mysql") for database in project.databases):
        return None
    return read_schema(place, directory, None)


def _first_line(text: str) -> str:
    return text.strip().splitlines()[0][:300] if text.strip() else ""


def _labels(project: Project) -> set[str]:
    return {app.name.rpartition(".")[2] for app in project.apps}


def _told(proof: SchemaProof) -> str:
    if proof.reason:
        return f"not proven: {proof.reason}"
    many = f"{len(proof.new.tables)} tables"
    if proof.equal:
        return f"{many}, equal" if proof.forward else many
    return f"{many}; {len(proof.lost)} differences from the baseline, {len(proof.apart)} of a database migrated forward"
