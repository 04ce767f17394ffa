"""``tables.pyi``: what an editor needs to complete ``tables.`` with the names of the tables."""

import ast
from pathlib import Path

from casebook.records import registry

MODULE = Path(__file__).resolve().parents[1] / "core" / "tables.py"


def tables_stub() -> str:
    """tables.py without its bodies, with a property for each table that the registry knows."""
    tree = ast.parse(MODULE.read_text(encoding="utf-8"))
    parts = ["# Built from tables.py and the models by `python start.py build`; do not edit."]
    for node in tree.body:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            parts.append(ast.unparse(node))
        elif isinstance(node, ast.Assign):
            parts.append(f"{ast.unparse(node.targets[0])}: Path")
        elif isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            parts.append(_signature(node))
        elif isinstance(node, ast.ClassDef):
            parts.append(_class(node))
    return "\n".join(parts) + "\n"


def _signature(node: ast.FunctionDef) -> str:
    node.body = [ast.Expr(ast.Constant(...))]
    return ast.unparse(node)


def _class(node: ast.ClassDef) -> str:
    body = []
    for part in node.body:
        if isinstance(part, ast.AnnAssign):
            body.append(ast.unparse(part))
        elif (
            isinstance(part, ast.FunctionDef)
            and not part.name.startswith("_")
            or isinstance(part, ast.FunctionDef)
            and part.name == "__init__"
        ):
            body.append(_signature(part))
    if node.name == "Tables":
        body += [f"{name}: pd.DataFrame  # {t.title}" for name, t in registry.tables().items()]
    bases = f"({', '.join(map(ast.unparse, node.bases))})" if node.bases else ""
    lines = "\n".join(body).splitlines()
    return "\n".join([f"class {node.name}{bases}:", *(f"    {line}" for line in lines)])
