"""The usage report (R22): how an agency's units use the system in a period, as a paper ready to sign."""
