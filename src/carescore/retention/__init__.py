"""Keeping results no longer than agreed, and the right of a person to have theirs given out or erased.

Works on what carescore writes: results as JSON, JSONL, CSV or parquet, disputes as cases, review logs. Pages
and workbooks are made from these: they are named where they still hold what was erased, and made again or
deleted by whoever keeps them. A file is rewritten whole or not at all.
"""
