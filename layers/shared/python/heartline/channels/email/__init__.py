"""Email: parse, verify, render, send."""
