"""Twilio's part of a phone call: https://www.twilio.com/docs/voice."""
