"""What rules cannot list is learned from sentences: names of places and people, and causes that are told but not named.

The learned readers see what the rules of bot.values read, and decide.
Trained by `lipei train` on data/tagger and data/causes.
"""
