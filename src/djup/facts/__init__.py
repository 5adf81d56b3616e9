"""READ: the model of a project's code that rules ask.

``project`` joins the records, each read by a reader of its own: ``settings``, ``urls``, ``models``, ``apps``,
``imports``, ``migrations``, ``templates``. ``files`` tells what a file is by its path.
"""
