"""A scikit-learn estimator of one's own for a behaviour, from a skops file checked before it is opened.

The only place that knows skops. Its own list of trusted types is long and grows; here a file is first read as
plain data (`archive`, `content`), and refused in a sentence unless all of it is on the short constant list in
`allowed`. Only then does skops make objects of it (`estimator`).
"""

from carescore.estimators.estimator import OwnEstimator, ask_own, load_estimator

__all__ = ["OwnEstimator", "ask_own", "load_estimator"]
