"""Diplomatic KG: turns diplomatic news into a knowledge graph."""
