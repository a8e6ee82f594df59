"""Phone calls: heard as speech or keys, answered as speech."""
