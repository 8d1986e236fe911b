"""Bytes to blocks to article."""

from .read_page import read_page

__all__ = ["read_page"]
