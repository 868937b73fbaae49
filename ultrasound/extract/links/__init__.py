"""What is said, bound to where: the statements of a sentence tied to their places."""
