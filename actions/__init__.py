"""Custom actions: read what the engine understood, call claims/ or faq/, say a reply. One action per file."""
