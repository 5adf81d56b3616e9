"""Third-party packages: the index, resolution, and what must move in a hop."""
