"""Agencies merged, split, renamed, closed, moved, founded on a day: what is asked, what it moves, the act, its undoing.

Agencies stand below, what they hold (petitions, visits, cases) above: holdings.py finds it in the model registry.
"""
