"""What cannot work, what works with a limit, and why: one small rule for each fact."""
