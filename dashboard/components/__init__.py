"""Components: the parts that pages are put together from. They take frames and words, and know no snapshot file."""
