"""A mail server of one's own: takes e-mail over SMTP, and refuses, hangs or breaks off when told to."""
