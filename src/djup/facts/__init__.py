"""READ: the model of a project's code that rules ask."""
