#!/usr/bin/env python3
"""Executes pages in place, without a Jupyter kernel: `.ci/execute.py nbs/experiments/05_results.ipynb …`.

Keeps what cells print and show, drops warnings and progress. `--short` leaves cells marked `#| eval: false` as they
are. An error ends the page with its traceback, and the page
stays as it was."""
import os, sys
from pathlib import Path

from execnb.nbio import read_nb, write_nb
from execnb.shell import CaptureShell

def shown(o):
    "Is this output worth keeping?"
    return o.get('name')!='stderr' and '<progress' not in ''.join(o.get('data', {}).get('text/html', ''))

def skipped(cell):
    "Is this a cell that takes long, and is to stay as it is?"
    return '--short' in sys.argv and '#| eval: false' in cell.source

def execute(path):
    "Execute one page in its own folder, and write it once all cells have run"
    os.chdir(path.parent)
    nb,shell = read_nb(path),CaptureShell(path)
    shell.run_all(nb, exc_stop=True, preproc=skipped)
    for c in nb.cells:
        if c.cell_type=='code': c.outputs = [o for o in c.outputs if shown(o)]
    write_nb(nb, path)

if __name__=='__main__':
    if len(sys.argv)<2: sys.exit(__doc__)
    os.environ.setdefault('MPLBACKEND', 'module://matplotlib_inline.backend_inline')
    for p in [Path(o).resolve() for o in sys.argv[1:] if o[0]!='-']:
        execute(p); print(p.name, 'executed', flush=True)
