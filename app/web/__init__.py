"""What a request passes through, and what every page stands in."""
