"""One controller a noun: what a browser sees."""
