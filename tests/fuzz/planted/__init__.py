"""Bugs that are planted, one at a time or some side by side, to see that what looks for bugs finds them."""
