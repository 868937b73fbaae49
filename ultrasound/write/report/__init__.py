"""The text report of one study: composed once from its rows, written by one module a format."""
