"""Reading of registers: from a spreadsheet file to typed entries with their faults. Knows no database."""
