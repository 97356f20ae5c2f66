"""The project's spaCy components; importing this package registers their factories."""

from kg.text.components import names, parser, titles

__all__ = ["names", "parser", "titles"]
