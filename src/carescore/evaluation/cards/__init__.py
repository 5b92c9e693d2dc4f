"""The model card and the data card, written from saved figures and the data itself: no figure is typed."""
