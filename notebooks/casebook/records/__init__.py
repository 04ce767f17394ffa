"""What people wrote down in seeds/: its schema (``schema``), its codes (``codebook``), its reader
(``reader``).
"""
