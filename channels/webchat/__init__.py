"""Web chat: the public API, the page and the widget."""
