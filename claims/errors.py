"""What can go wrong in the claims core, as a small tree. `code` is safe to show and stable to test for."""

from __future__ import annotations

from datetime import datetime


class ClaimsError(Exception):
    """Base of all errors of the core. The text is for staff and logs and carries no personal data."""

    code = "claims_error"


class ConfigError(ClaimsError):
    """The installation is set up wrongly; nothing can go on until a person mends it."""

    code = "config_error"


class NotFound(ClaimsError):
    """What was asked for does not exist, or is not the asker's: the two are told alike."""

    code = "not_found"


class BadInput(ClaimsError):
    """A value was refused; the text says which and why."""

    code = "bad_input"


class StepNotAllowed(ClaimsError):
    """A claim cannot go from the state it is in to the state asked for."""

    code = "step_not_allowed"

    def __init__(self, state: str, to: str, allowed: list[str]) -> None:
        self.state, self.to, self.allowed = state, to, allowed
        choices = ", ".join(allowed) or "none: this is a final state"
        super().__init__(f"a claim in state {state} cannot go to {to}; allowed steps: {choices}")


class NotEntitled(ClaimsError):
    """The staff account's role does not carry this right."""

    code = "not_entitled"


class IdentityLocked(ClaimsError):
    """Too many wrong codes: nothing is sent or checked before `until` (aware UTC)."""

    code = "identity_locked"

    def __init__(self, until: datetime) -> None:
        self.until = until
        super().__init__(f"locked after wrong codes until {until.isoformat(timespec='seconds')}")


class CodeTooOften(ClaimsError):
    """A one-time code was asked for again too soon; `wait_seconds` until the next may be sent."""

    code = "code_too_often"

    def __init__(self, wait_seconds: int) -> None:
        self.wait_seconds = wait_seconds
        super().__init__(f"the next code may be sent in {wait_seconds} s")


class TurnTaken(ClaimsError):
    """Another worker has stored this action's outcome for the same message: roll back and read what it stored."""

    code = "turn_taken"


class OwnerChanged(ClaimsError):
    """The conversation changed hands while a turn was under way, and nobody has answered the message since: do the
    turn again under the new owner."""

    code = "owner_changed"


class OwnedByOther(ClaimsError):
    """A colleague has this conversation; `owner` is their name."""

    code = "owned_by_other"

    def __init__(self, owner: str) -> None:
        self.owner = owner
        super().__init__("another account has this conversation")


class AuditBroken(ClaimsError):
    """The audit trail was changed after it was written."""

    code = "audit_broken"
