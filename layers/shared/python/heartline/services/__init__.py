"""Use cases, one a file, over the Protocols of ports.py."""
