"""Calls through Twilio: parse, verify, render (TwiML).

Instead of `send.py` there is `legs.py`: a call of ours is no intent of the outbox, but orders that the dialer repeats
until they are so.
"""
