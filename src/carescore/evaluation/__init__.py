"""Evaluation: how well a model finds what careful readers found, and what it should not react to."""
