"""The project's spaCy components; importing this package registers their factories."""

from kg.text.components import coreference, dates, names, parser, titles

__all__ = ["coreference", "dates", "names", "parser", "titles"]
