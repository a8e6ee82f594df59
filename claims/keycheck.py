"""Find out at start, not at the first customer, that the data key is not the one the database was written with."""

from sqlalchemy import Connection, insert, select

from claims.crypto import decrypt, encrypt
from claims.models.audit import KeyCheck

_WORD = "lipei"


def check(connection: Connection) -> None:
    """Leave a sealed word in a new database; in an older one, open it. ConfigError when it cannot be opened."""
    sealed = connection.scalar(select(KeyCheck.sealed))
    if sealed is None:
        connection.execute(insert(KeyCheck).values(sealed=encrypt(_WORD)))
    else:
        decrypt(sealed)
