"""The gateway: one folder per channel, one router, one outbox. Speaks to the engine over HTTP and to claims/."""
