"""Means that rewritings of several areas share: class bodies, branches, decorators, statements, routes."""
