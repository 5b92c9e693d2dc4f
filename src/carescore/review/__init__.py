"""Review of drafts by people, as data: draft, reviewed, disputed, resolved.

from carescore.review.log import ReviewLog

log = ReviewLog("reviews.db")
log.open(results, who="Ana")
log.note("call-7", who="Ana", ratings={"empathy": 4})
log.dispute("call-7", criterion="clarity", who="Ben", reason="I did say why.")
log.resolve("call-7", criterion="clarity", who="Ana", upheld=True, expected=Expected(rating=4.0))

The machine's score is never overwritten: what people say stands beside it. The log is one SQLite file in
which rows can be added and nothing else; `log.check()` proves it.
"""
