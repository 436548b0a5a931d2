"""A list of colleagues in Excel: its template, its reading, the rows given back with reasons (R16)."""
