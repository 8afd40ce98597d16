"What the checks in `.ci` know about pages: where they are, what is in their cells. Needs no package."
import ast, json, re
from pathlib import Path

root = Path(__file__).resolve().parents[1]
nbs = root/'nbs'
folders = ('api', 'tutorials', 'explain')                          # pages that keep all rules; experiments some

def pages(*folders):
    "All notebooks in folders of `nbs`, in the order of reading"
    found = [p for d in folders for p in sorted((nbs/d).rglob('*.ipynb'))]
    return [p for p in found if not any(o[0] in '._' for o in p.relative_to(nbs).parts)]

def cells(path):
    "The cells of a notebook, each as its kind and its source"
    nb = json.loads(path.read_text(encoding='utf-8'))
    return [(c['cell_type'], ''.join(c['source'])) for c in nb['cells']]

def code_cells(path):
    "The sources of the code cells, each with its number, as Jupyter counts them"
    sources = [s for kind,s in cells(path) if kind=='code']
    return list(enumerate(sources, 1))

def directives(source):
    "nbdev's directives in a cell, `#| name: value`, as a dict"
    return {k:v.strip() for k,v in re.findall(r'^#\| *(\w+):?(.*)$', source, flags=re.M)}

def is_exported(source): return any(d in directives(source) for d in ('export', 'exports', 'exporti'))
def is_run(source): return directives(source).get('eval')!='false'

def code_lines(source):
    "The lines of a cell that hold something, without directives"
    return [l for l in source.splitlines() if l.strip() and not l.startswith('#|')]

def parsed(source):
    "The statements of a cell; none if it is not plain Python"
    try: return ast.parse(source).body
    except SyntaxError: return []

def module_of(path):
    "The module that a page makes, as `core.errors`, or None"
    names = [directives(s).get('default_exp') for _,s in code_cells(path)]
    return next((n for n in names if n), None)
