"""The command line: the only place that prints results or sets exit codes."""
