"""The lessons as pages that work without a kernel: the notebooks as stored, their panels with all
states, their exercises with the same checks.
"""
