"""What people mean to do, as pure functions: a design and an intent in, one ChangeSet out."""
