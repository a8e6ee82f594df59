"""The rules of handling a claim: pure functions over Facts, with their tables as YAML under data/."""
