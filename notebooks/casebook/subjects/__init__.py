"""The subjects of the casebook, a folder each: schema < rows < checks < methods < charts <
widgets.
"""
