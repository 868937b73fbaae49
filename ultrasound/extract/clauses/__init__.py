"""The clauses of a sentence: what each affirms, denies, asks, remembers, or only mentions."""
