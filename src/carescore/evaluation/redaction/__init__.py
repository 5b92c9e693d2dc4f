"""How much redaction finds, and how much of what it takes away was private: on marked snippets."""
