"""The store over HTTP: a SPARQL endpoint, its pages, and the processes that answer."""
