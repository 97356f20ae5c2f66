"""Pages from the web into a web archive: politely, within limits, and from nowhere private."""
