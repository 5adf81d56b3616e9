"""Rewriting: text in, text out; one rule one change.

``engine`` holds what others call; nothing here writes a file or runs a program:

- ``fix_text(data, path, changes, facts) -> Fixed``: one file rewritten by all changes that apply, one after
the other;
- ``find_text(data, path, changes, facts) -> tuple[Finding, ...]``: the places where they apply;
- ``fix_tree(root, paths, changes, facts, *, only) -> FixedTree``: per change, the files it rewrites;
- ``find_tree(root, paths, changes, facts) -> tuple[Finding, ...]``.

``changes`` come from ``djup.knowledge.changes`` (``applicable(all_changes(), at=…, target=…)`` gives those for
before and after a bump), ``facts`` from ``djup.facts.project.build_facts``, ``paths`` from
``djup.source.files.project_files``. A file is parsed only if the changes' needles hit. After each change the
result must parse as well as before, and a second pass must change nothing; else the change is given up for
that file and its places become findings.

Most changes need no code: ``[change.moved]``, ``[[change.keywords]]``, ``[[change.positional]]``,
``[[change.methods]]``, ``[[change.options]]``, ``[[change.overrides]]``, ``[change.commands]``, ``[change.strings]``,
``[[change.settings]]``, ``[change.pin]`` and ``[change.templates]`` are carried out by ``moved``, ``keywords``,
``methods``, ``options``, ``overrides``, ``commands``, ``strings``, ``settings``, ``pins`` and ``template_renames`` of
``declared``. What data cannot say is a function in a small file of the area of Django that it is about, one line in the
area's ``__init__``, and its name as the change's ``fix``:

- a Python fixer takes a :class:`~djup.fixers.engine.patch.Patch`: it looks for places in ``patch.module`` (``uses``,
``calls``,
  ``assignments``, ``attributes``, ``classes`` …, names resolved through imports), asks ``patch.skips(node)``,
  and calls ``patch.replace``, ``patch.edit`` or ``patch.report`` (unsure: a person's). ``patch.need(module,
  name, place)`` gives the expression for an importable name; imports that the rewriting leaves unused go by
  themselves;
- a template fixer takes a :class:`~djup.fixers.engine.template_patch.TemplatePatch`.

What a fixer leaves in place and its change's data still finds is a finding. ``# djup: skip=ID`` on a line and
``# djup: skip-file`` keep changes away.
"""
