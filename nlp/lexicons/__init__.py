"""The words the readers know, as YAML tables that someone who knows Russian but no Python can extend."""
