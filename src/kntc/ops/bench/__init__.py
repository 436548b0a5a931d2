"""`make bench`: how long what people wait for takes, beside the same SQL by hand. It prints and never fails on time."""
