"""Python 2 to 3, on the hop where a project's Python changes: what lib2to3 knows, and what only Django tells."""
