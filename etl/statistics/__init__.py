"""Statistics: pure functions, arrays in and arrays out."""
