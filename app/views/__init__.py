"""From what queries found to what pages and programs are shown."""
