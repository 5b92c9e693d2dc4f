"""Parts of the comparison of raters: ratings and how they are read, measures, intervals, disagreements."""
