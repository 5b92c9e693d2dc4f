"""Pages to read, show and print: one call, a list of calls, an agent, a team; as HTML, Markdown, tables."""
