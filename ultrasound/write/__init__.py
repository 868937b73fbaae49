"""Results become files: one module a format, and the module has the name of the format."""
