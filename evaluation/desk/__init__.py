"""How soon a customer's message is on an agent's screen: real pages before a real desk, customers at a real gateway."""
