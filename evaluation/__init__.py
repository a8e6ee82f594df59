"""Measuring: understanding, values, conversations, load. Each measure is a `lipei eval` command."""
