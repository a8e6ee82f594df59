"""What text messages and voice share of Twilio: the account and its signature."""
