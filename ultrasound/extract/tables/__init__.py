"""Tables: finding them, understanding their headers, reading their cells."""
