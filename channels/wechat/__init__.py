"""WeChat Official Account."""
