"""Public corpora as outside measures: readers of their annotation formats and comparisons with what we find.

No text of theirs belongs to the project; the folders are given on the command line of ``python -m kg.bench``.
"""
