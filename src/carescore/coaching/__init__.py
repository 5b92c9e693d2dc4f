"""Coaching from scores: what was good, one thing to work on, and words to try, checked by scoring again."""
