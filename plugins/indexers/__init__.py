"""Asks Torznab and Newznab indexers, by themselves or through a manager of many."""
