"""The project's spaCy components; importing this package registers their factories."""

from kg.text.components import coreference, dates, documents, events, names, parser, tenures, titles

__all__ = ["coreference", "dates", "documents", "events", "names", "parser", "tenures", "titles"]
