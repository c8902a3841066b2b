"""What small libraries know about words: which language they are in, and how strong they are.

A customer's words never leave the process, and no library here opens a connection.
"""
