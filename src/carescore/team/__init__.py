"""Parts of the team view: levels, changes, misses, celebrations, consistency, calls to hear."""
