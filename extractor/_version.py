"""The one place that holds the version of Warta."""

__version__ = "0.1.0"
