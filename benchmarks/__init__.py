"""Benchmarks: `python -m benchmarks` measures Warta by stage, and beside other tools on the same pages."""
