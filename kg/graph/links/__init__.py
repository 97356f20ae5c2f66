"""What holds across articles: the graph of links, made of the articles' graphs and never edited by hand."""
