"""Generated tests have no time limit a case: the first one of a run reads the rule files."""

from hypothesis import settings

settings.register_profile("rules", deadline=None)
settings.load_profile("rules")
