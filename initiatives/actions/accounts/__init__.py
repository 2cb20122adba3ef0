"""Accounts of officers, their roles, second steps and passkeys, and the audit of both."""
