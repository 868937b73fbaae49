"""The parts that the vein map is drawn from."""
