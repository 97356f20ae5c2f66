"""A briefing about a country, a person or anything else: what a store tells of it in some time, as a page to print.

``briefing`` chooses what to tell, ``page`` writes it as HTML that runs no script and loads nothing.
"""
