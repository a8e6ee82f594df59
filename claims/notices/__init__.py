"""What customers are told of their claims without asking: each step, and each delay."""
