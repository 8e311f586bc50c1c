"""What is timed and scored. Each module runs with `python -m benchmarks.NAME` and prints one JSON document."""
