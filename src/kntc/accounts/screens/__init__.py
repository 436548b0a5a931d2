"""The screens of administration, one module an area."""
