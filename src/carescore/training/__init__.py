"""Training: labelled calls to a model folder. The only part that imports scikit-learn."""
