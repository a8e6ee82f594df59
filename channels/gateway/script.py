"""Which script a customer writes: the core's own (claims.script), under the name by which the gateway knows it."""

from claims.script import Script, detect, follows, to_script, wrote_simplified

__all__ = ["Script", "detect", "follows", "to_script", "wrote_simplified"]
