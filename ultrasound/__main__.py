"""``python -m ultrasound`` is the command ``ultrasound``."""

from ultrasound.cli import main

if __name__ == "__main__":
    main()
