"""Text messages through a domestic gateway in the style of Aliyun."""
