"""WeChat: its API for Official Accounts, its deliveries to our address, and a customer who chats."""
