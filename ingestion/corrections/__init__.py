"""What people correct in meetings: each correction an event that survives every re-run and can be undone."""
