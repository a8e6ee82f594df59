"""Graph components of the understanding pipeline, in the order config.yml lists them."""
