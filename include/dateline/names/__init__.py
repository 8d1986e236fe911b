"""Names: recognised in an article's blocks, made consistent over it, and clustered."""

from .find_names import find_names

__all__ = ["find_names"]
