"""The hub's own configuration is no test."""

collect_ignore = ["hub_config.py"]
