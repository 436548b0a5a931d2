"""What is measured. Each module here has `cases() -> Iterable[Case]`; a new module is found by itself."""
