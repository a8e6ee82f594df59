"""The parts of the `lipei` command, one file a subject."""
