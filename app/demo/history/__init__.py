"""The years before: people, groups and orders of the demonstration that are over or half-way."""
