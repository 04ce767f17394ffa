"""The notebooks themselves in a browser: JupyterLite, run by a Python (Pyodide) that the site
carries.
"""
