"""The papers that a works council, a data-protection officer or an auditor asks for, with measured figures.

The words are in `templates/*.md`, to be edited. Every figure is read from a file that is named with it; what
no file tells is "not measured", and what only the user knows is left to fill in. Starters, not legal advice.
"""
