"""Which conversation goes to which agent: a pure function of waiting heads, agents, policy and now (routing.md)."""
