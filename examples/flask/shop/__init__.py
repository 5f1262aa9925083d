"""What both services have in common."""
