"""A whole channel in its smallest form: what the contract test runs against, and what a new channel may begin as."""
