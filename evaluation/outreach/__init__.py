"""What outreach promises, measured: a simulated month with customers of every kind, and what two workers prepare."""
