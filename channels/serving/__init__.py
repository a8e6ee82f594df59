"""What every process that serves HTTP shares: masked logs, security headers, limits, a page for its API."""
