"""Article files to Article records: formats, encodings, cleaning, languages and duplicates; no spaCy, no RDF."""
