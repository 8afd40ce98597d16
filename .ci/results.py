#!/usr/bin/env python3
"""Do the stored figures follow from their matrices, and do pages show them?

Every row of `nbs/results/runs.csv` is checked: figures are computed again from the accuracy matrices, the name of the
job from its settings, the checksum from the row. Pages that are rendered from the table are executed again, without
training, and what they show is compared with what they are committed with. `--self-test` changes a figure in a copy of
a table by hand, and fails if the check does not find it. `--rerun` makes the cheapest run again by its command, and
fails if an accuracy is more than five points from the row: the figures of a seed depend on the machine."""
import os, shlex, subprocess, sys, tempfile
from pathlib import Path

from pages import code_cells, folders, nbs, pages

table,stored = nbs/'results'/'runs.csv','results/runs.csv'        # as pages name it
tolerance = 5.                                                     # points, of a run made again

def rendered():
    "Pages that are made from the table alone: their cells read it and run nothing"
    def sources(p): return '\n'.join(s for _,s in code_cells(p))
    listed = [p for p in [nbs/'index.ipynb', *pages(*folders, 'experiments')] if stored in sources(p)]
    return [p for p in listed if 'run_grid(' not in sources(p) and '.run(' not in sources(p)]

def shown(cell):
    "What a cell prints and shows, as text, without pictures"
    outputs = [o for o in cell.get('outputs', []) if o.get('name')!='stderr']
    texts = [''.join(o.get('text', '')) for o in outputs]
    texts += [''.join(o.get('data', {}).get(k, '')) for o in outputs for k in ('text/html', 'text/plain')]
    return '\n'.join(t for t in texts if t and not t.startswith('<Figure')).strip()

def left_out(cell):
    "Is this a cell that is not executed again?"
    return 'nbdev_export(' in cell.source or '#| eval: false' in cell.source

def page_faults(path):
    "Cells from the table that show something else when the page is executed again"
    from execnb.nbio import read_nb
    from execnb.shell import CaptureShell
    nb,old = read_nb(path),[shown(c) for c in read_nb(path).cells]
    here = Path.cwd()
    os.chdir(path.parent)
    try: CaptureShell(path).run_all(nb, exc_stop=True, preproc=left_out)
    except Exception as e: return [f'{path.name} cannot be executed: {str(e).splitlines()[0]}']
    finally: os.chdir(here)
    first = next(i for i,c in enumerate(nb.cells) if c.cell_type=='code' and stored in ''.join(c.source))
    return [f'{path.name}, cell {i+1} shows {new.splitlines()[-1:]}, not {was.splitlines()[-1:]}: execute it again'
            for i,(was,new) in enumerate(zip(old, map(shown, nb.cells))) if i>=first and was!=new]

def self_test():
    "A figure that is changed by hand, once with the row's checksum made anew, is found"
    import numpy as np
    from hcl.study import Job, run_records, table_faults, write_table
    from hcl.study.table import _rows, _sum
    from hcl.training import Result
    a = np.array([[.9,np.nan], [.5,.8]])
    result = Result('split_digits', 'kd', 0, ['lenet']*2, [['0','1'],['2','3']], a/2, a, 'digits')
    facts = {**vars(Job(stream=dict(n_tasks=2))), 'version':'0', 'data':'digits', 'data_sha256':''}
    with tempfile.TemporaryDirectory() as tmp:
        path = Path(tmp)/'runs.csv'
        write_table([run_records(facts, result)], path)
        if faults := table_faults(path): return faults
        cells = {**_rows(path)[0], 'task_il':'0.75000'}
        text,sums = path.read_text(),[_rows(path)[0]['row_sha256'], _sum(cells)]
        for new in sums:
            path.write_text(text.replace('0.65000', '0.75000').replace(sums[0], new))
            found = table_faults(path)
            print('   found:', *found)
            if not any('task_il is 0.75000, but its matrix gives 0.65000' in f for f in found): return ['not found']
    stored,again = (dict(head=dict(class_il=.3, task_il=v)) for v in (.5, .56))
    return [] if len(compared(stored, again))==1 else ['a run that differs by six points passes as the same']

def cheapest():
    "The run of Split Digits, whose images come with scikit-learn, that took the least CPU time"
    from hcl.study import read_table
    runs = [run for run in read_table(table) if run[0]['settings']['benchmark']=='split_digits']
    return min(runs, key=lambda run: run[0]['costs']['cpu_seconds'])

def rerun():
    "Figures of the cheapest run that its command does not make again"
    from hcl.study import figures, run_command, run_records
    from hcl.training import load_run
    run = cheapest()
    command = run_command(run[0]['settings'])
    print('  ', command, flush=True)
    with tempfile.TemporaryDirectory() as tmp:
        out = Path(tmp)/'again'
        line = [str(Path(sys.executable).parent/'hcl_run'), *shlex.split(command)[1:], '--quiet', '--out', str(out)]
        subprocess.run(line, check=True, stdout=subprocess.DEVNULL)
        again = {r['readout']:figures(r['matrices']) for r in run_records(run[0]['settings'], load_run(out))}
    return compared({r['readout']:figures(r['matrices']) for r in run}, again)

def compared(stored, again):
    "Differences of more than the tolerance, as texts; all are printed"
    faults = []
    for readout,values in stored.items():
        for k in ('class_il', 'task_il'):
            text = f'{readout}, {k}: {100*values[k]:.2f} in the table, {100*again[readout][k]:.2f} again'
            print('  ', text)
            if not abs(values[k]-again[readout][k])<=tolerance/100: faults.append(text)
    return faults

def without_option():
    "Faults of the table and of the pages that are made from it"
    from hcl.study import read_table, table_faults
    if faults := table_faults(table): return faults
    listed = rendered()
    print(f'{len(read_table(table))} runs, {table.stat().st_size} bytes; rendered from them:',
          ', '.join(p.name for p in listed))
    return sum(map(page_faults, listed), [])

if __name__=='__main__':
    checks = {'--self-test':self_test, '--rerun':rerun}
    faults = checks.get(sys.argv[1], without_option)() if sys.argv[1:] else without_option()
    if faults: sys.exit('\n'.join(faults))
