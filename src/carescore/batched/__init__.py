"""Many calls judged at once, in arrays: call by call the same as `scoring.judge` gives.

`calls` holds what the model found in a batch of calls, `features`, `moments` and `quoted` work on all of its
turns together, and `judging` puts them together, criterion by criterion.
"""

from __future__ import annotations
