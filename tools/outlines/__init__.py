"""Makes the outlines of the map from the data set; `public.charts.outlines` draws them."""
