"""Structured-report trees: items by their code, then by the words of their label."""
