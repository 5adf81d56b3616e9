"""Scripts that run inside the project's own Python (2.7 to newest): stdlib only, JSON out, nothing of djup."""
