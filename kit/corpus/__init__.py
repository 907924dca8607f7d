"""The one object a user holds, and how it is loaded."""
