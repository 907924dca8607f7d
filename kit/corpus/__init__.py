"""The one object a user holds, its tables and its fingerprint."""
