"""What panels are made of; it knows ipywidgets, as the subjects' widgets do."""
