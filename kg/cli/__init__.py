"""The command line: arguments to one call each."""

from kg.cli.commands import app, main
from kg.cli.commands_bulk import bulk_app
from kg.cli.commands_care import app as care
from kg.cli.commands_links import app as links
from kg.cli.commands_view import app as views

app.registered_commands += links.registered_commands + views.registered_commands + care.registered_commands
app.add_typer(bulk_app)

__all__ = ["app", "main"]
