"""Disclosure: what must be hidden of figures counted from home-level returns. `etl.disclose` is the way in.

places      which authorities make up a region, and in which order a neighbour is looked for
grid        one indicator's figures as areas by dates, and back
primary     figures that would tell one home's answer or a few people by themselves
neighbours  figures that would give a hidden one back by subtraction
changes     changes between two extracts
"""
