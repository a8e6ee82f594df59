"""Stand-ins of the providers: small servers that behave as their documents say. They import nothing of the product."""
