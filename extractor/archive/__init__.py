"""Sources that pages are read from, and sinks that records are written to."""
