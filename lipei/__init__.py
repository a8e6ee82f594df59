"""The house: settings shared by every process, and the `lipei` command."""
