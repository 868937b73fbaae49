"""What a report is made of: words, names, numbers, codes, and what its own legend says of them."""
