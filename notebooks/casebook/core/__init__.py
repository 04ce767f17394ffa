"""Under everything: addresses, numbers and months in words, the tables and their as-of view."""
