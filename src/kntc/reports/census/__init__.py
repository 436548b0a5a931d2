"""The census of accounts as a file: from the screen, from the command line, by mail each month (R36, R52)."""
