"""Who may do what: granting, groups, delegation, review, and the explanation of all of it."""
