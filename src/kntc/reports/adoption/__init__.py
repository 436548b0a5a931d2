"""The adoption monitor: which units work in the system, how soon and how fully, and who is silent (R17, R21)."""
