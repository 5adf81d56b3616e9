"""What a run leaves outside of its worktree and its record, and how it goes."""

from __future__ import annotations

from djup.hops.context import RunContext
from djup.hops.evidence import ENVIRONMENT, SCHEMA
from djup.hops.place import project_now, workplace
from djup.project.apps import command_folder
from djup.verify.schema import drop_from_server


def drop_database(context: RunContext) -> None:
    """Take the database away that proves the schema on the project's server from hop to hop; tell where that fails."""
    proof = context.ledger.kept(0, SCHEMA)
    built = [hop for hop in context.stops if context.ledger.kept(hop.number, ENVIRONMENT) is not None]
    if proof is None or proof.new.vendor in ("", "sqlite") or not built:
        return
    project = project_now(context)
    error = drop_from_server(workplace(context, built[-1], "schema", project), command_folder(project))
    if error:
        context.reporter.note(f"the test database of djup's own (its name ends in _djup) stays on the server: {error}")
