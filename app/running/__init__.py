"""Running Waymark for real: what is amiss, backups, workers, figures for whoever watches."""
