"""The command line: arguments to one call each."""

from kg.cli.commands import app, main

__all__ = ["app", "main"]
