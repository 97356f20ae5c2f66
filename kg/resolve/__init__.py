"""Which accounts of several articles tell of the same event or document: plain records, no RDF and no spaCy."""
