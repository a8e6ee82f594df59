"""A stand-in of Twilio: account and signature here, text messages in messages.py, what a test or a person does as the
customer in customer.py. https://www.twilio.com/docs/usage/api"""
