"""The network as a picture for reports, drawn without a browser, and as a file for other programs.

A network becomes a graph of nodes with weights (``ties``), this a picture of marks and lines (``picture``), and the
picture SVG or PNG; ``graphml`` writes the graph itself.
"""
