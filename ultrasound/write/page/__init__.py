"""The evidence page of a study: its report with every word that was read, and what was read."""
