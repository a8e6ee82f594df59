"""The conversations themselves: what is asked, answered and done, turn by turn."""
