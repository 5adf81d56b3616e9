"""Serving the site from memory, made anew when its pages or the day change."""
