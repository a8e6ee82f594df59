"""The staff side: the staff API (the desk's pages come on top of it). Never served by the public gateway."""
