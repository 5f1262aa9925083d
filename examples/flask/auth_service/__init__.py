"""The auth service: accounts, tokens, and whether a token holds."""
