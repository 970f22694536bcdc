"""What leaves as a file: packs, statements, sheets, reports, releases, calendars."""
