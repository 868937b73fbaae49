"""Where: the phrases that name legs, veins and levels, and how a vein is divided."""
