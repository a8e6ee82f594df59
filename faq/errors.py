"""What can go wrong in the knowledge base. Each message says what the person can do."""


class FaqError(Exception):
    """Base of all errors of the knowledge base."""


class EntriesInvalid(FaqError):
    """An entry file does not say what an entry needs; the message names the file and the entry."""


class EncoderUnavailable(FaqError):
    """The configured sentence encoder cannot be loaded."""


class StoreUnavailable(FaqError):
    """The place where the index is kept (LIPEI_FAQ_STORE) cannot be used."""
