"""What a run leaves outside of its worktree and its record, and how it goes."""

from __future__ import annotations

from djup.hops.place import Built, project_now, workplace
from djup.hops.work import Work
from djup.project.apps import command_folder
from djup.verify.proof import SchemaProof
from djup.verify.schema import drop_from_server


def drop_database(work: Work) -> None:
    """Take the database away that proves the schema on the project's server from hop to hop; tell where that fails."""
    proof = work.ledger.kept(0, "schema", SchemaProof)
    built = [hop for hop in work.stops if work.ledger.kept(hop.number, "environment", Built) is not None]
    if proof is None or proof.new.vendor in ("", "sqlite") or not built:
        return
    project = project_now(work)
    error = drop_from_server(workplace(work, built[-1], "schema", project), command_folder(project))
    if error:
        work.reporter.note(f"the test database of djup's own (its name ends in _djup) stays on the server: {error}")
