"""KNOW: what djup knows of Django and where it applies.

``support`` reads the ``[support]`` table of ``data/django/*.toml``, ``changes`` the ``[[change]]`` tables of
the same files. ``needles`` tells in one pass over the bytes of a file which changes it may hold; ``index``
builds the facts of a project; ``search`` finds the places where a change applies.

How to add a change: write a ``[[change]]`` table in the file of the release in which the old form stops
working (the keys are those of :class:`djup.knowledge.changes.Change`), with at least one
``[[change.example]]`` that shows what changes and one that shows what must not. ``pytest tests/knowledge
tests/fixers`` runs every example.
"""
