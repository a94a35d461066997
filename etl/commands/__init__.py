"""The commands of `python -m etl`, by what they are about; `etl.__main__` puts them together."""
