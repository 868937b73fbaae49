"""What the Makefile calls: the bundle for PCs without internet, and the check of the lock files."""
