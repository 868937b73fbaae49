"""Measures how fast the program reads, and that its memory stays flat: ``make bench``."""
