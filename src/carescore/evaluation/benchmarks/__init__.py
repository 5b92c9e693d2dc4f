"""Public data sets that people labelled for other ends, and how near carescore comes to them.

Some of them may only be used to evaluate: nothing here is ever stored in a model.
"""
