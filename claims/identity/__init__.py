"""Who is talking to us: proven by a one-time code to the phone on file, never by what is said."""

from claims.identity.codes import CODE_MINUTES, send_code, verify_code
from claims.identity.locks import LOCK_MINUTES, WRONG_CODES
from claims.identity.proof import PROOF_MINUTES, forget_proof, is_proven, proven_customer
from claims.vocabulary import Proof

__all__ = [
    "CODE_MINUTES",
    "LOCK_MINUTES",
    "PROOF_MINUTES",
    "WRONG_CODES",
    "Proof",
    "forget_proof",
    "is_proven",
    "proven_customer",
    "send_code",
    "verify_code",
]
