"""What pages are put together from, one file a part."""
