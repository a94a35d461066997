"""Conform: every figure gets the ONS code of the area that it is about."""
