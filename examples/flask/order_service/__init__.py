"""The order service: takes orders and sees them through."""
