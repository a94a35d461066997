"""Calculations: one function a way of making an indicator from a source's measures; `etl.calculate` chooses."""
