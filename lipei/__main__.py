"""`python -m lipei`: the same as the `lipei` command."""

from lipei.cli import main

main()
