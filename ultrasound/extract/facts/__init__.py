"""Linked statements as facts by the rules of the contract, and what becomes of the rest."""
