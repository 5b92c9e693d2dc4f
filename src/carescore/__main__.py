"""`python -m carescore`."""

from carescore.cli import main

main()
