"""What things cost, side by side in one run: ``./run.sh bench``. Not a test: timings are noisy."""
