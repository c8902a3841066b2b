"""A voice menu: what it is made of, how a caller walks it, what is wrong with it, and how it is drawn."""
