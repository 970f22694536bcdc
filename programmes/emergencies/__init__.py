"""Opening a record that is not one's own, because somebody is in danger now."""
