"""Makes the outlines of the map from the data set; `initiatives.charts.outlines` draws them."""
