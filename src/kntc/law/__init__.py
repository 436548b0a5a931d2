"""The rulebook: what the law says, as data with dates. Pure Python, no Django, no database.

`calendar` days off; `deadlines` terms and why they end where they end; `tables` the statutory forms, their
checks and periods; `catalogue` kinds, sources, handlings and fields. The data lies in `data/*.toml`, one file
a legal document.
"""
