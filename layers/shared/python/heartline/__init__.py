"""Heartline: a serverless omnichannel inbox. Importing this package is free."""
