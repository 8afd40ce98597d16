#!/usr/bin/env python3
"""All that wants a GPU, in one command that ends in time: `.ci/gpu.py FOLDER`.

It runs the tests, measures agreement and speed, and makes the runs at full size (`nbs/results/gpu_plan.json`). Pages
and tables go to the folder as they are finished, and what is not finished in `--seconds` is ended. Afterwards copy
`agreement.json`, `speed.json` and `runs.csv` to `nbs/results`, and execute the pages that show them. `--parts` names
some of the parts. `--rehearse` does all of it on a CPU, at a size that means nothing."""
import argparse, os, shutil, signal, subprocess, sys, tempfile, time
from dataclasses import replace
from pathlib import Path

root = Path(__file__).resolve().parents[1]
results = root/'nbs'/'results'
pages = dict(agreement='42_agreement', speed='40_speed')

def ended(args, seconds, **kwargs):
    "Run a command for at most so many seconds, and end it with all its processes; its status, None if it was ended"
    p = subprocess.Popen(list(map(str, args)), start_new_session=True, **kwargs)
    try: return p.wait(max(1, seconds))
    except subprocess.TimeoutExpired: return None
    finally:
        for sign in (signal.SIGTERM, signal.SIGKILL):
            try: os.killpg(p.pid, sign)
            except ProcessLookupError: break
            time.sleep(2)

def tests(o, left):
    "The tests of all pages, on the default device"
    path = 'nbs/api/core/45_devices.ipynb' if o.rehearse else 'nbs'
    call = f'from nbdev.test import nbdev_test; nbdev_test(path={path!r}, n_workers={o.jobs})'
    env = {**os.environ, 'OMP_NUM_THREADS':'1'}
    with open(o.folder/'tests.log', 'w') as log:
        return ended([sys.executable, '-c', call], left, cwd=root, env=env, stdout=log, stderr=log)

def page(o, name, left):
    "Execute a page that measures, for the folder"
    table = f'{name}.json'
    if (results/table).exists() and not (o.folder/table).exists(): shutil.copy(results/table, o.folder)
    env = {**os.environ, 'HCL_DEVICE':o.device, 'HCL_RESULTS':str(o.folder), 'HCL_CIFAR10':str(o.data/'cifar10-jpeg'),
           'MPLBACKEND':'module://matplotlib_inline.backend_inline'}
    short = dict(HCL_ROUNDS='2', HCL_SECONDS='.5')                 # unless they are given
    if not o.rehearse: env = {**short, **env, 'HCL_MEASURE':'1'}
    args = [sys.executable, __file__, o.folder, '--execute', root/f'nbs/experiments/{pages[name]}.ipynb']
    return ended(args, left, cwd=root/'nbs/experiments', env=env)

def execute(path, folder):
    "Execute all cells of a page, also behind one that fails, and write it to the folder"
    from execnb.nbio import read_nb, write_nb
    from execnb.shell import CaptureShell
    from execute import shown
    nb = read_nb(path)
    CaptureShell(path).run_all(nb)
    outputs = {i:c.outputs for i,c in enumerate(nb.cells) if c.cell_type=='code'}
    for i,found in outputs.items(): nb.cells[i].outputs = [o for o in found if shown(o)]
    write_nb(nb, folder/path.name)
    failed = [f'{path.name}, cell {i}: {o["ename"]}: {o["evalue"]}' for i,found in outputs.items() for o in found
              if o['output_type']=='error']
    print(*failed, sep='\n')
    return bool(failed)

def studies(o):
    "The studies at full size"
    from hcl.study import read_plan
    found = read_plan(results/'gpu_plan.json').studies
    if not o.rehearse: return found
    small = dict(device='cpu', epochs=1, bs=8, n_train=20, n_test=10)
    def narrow(archs): return [f'{a}@0.125' for a in archs or ('resnet18', 'senet18')]
    streams = [{k:{**v, 'archs':narrow(v.get('archs'))} for k,v in s.streams.items()} for s in found]
    return [replace(s, sizes=dict(gpu=small), streams=v, seeds=[0]) for s,v in zip(found, streams)]

def make_runs(o):
    "Make the runs, in the order of the plan"
    for s in studies(o):
        table = None if o.rehearse else results/'runs.csv'
        print(s.name, replace(s, store=str(o.store), runs_csv=table).run('gpu', n_jobs=o.jobs, threads=1), flush=True)

def runs(o, left):
    "Make the runs until the time is up, and add those that are complete to a copy of the table"
    args = [sys.executable, __file__, o.folder, '--make-runs', '--jobs', o.jobs, '--store', o.store]
    done = ended(args+['--rehearse']*o.rehearse, left-20, cwd=o.data)
    if o.rehearse: (o.folder/'runs.csv').unlink(missing_ok=True)
    else: shutil.copy(results/'runs.csv', o.folder)
    add = [sys.executable, '-c', 'from hcl.cli import main_results; main_results()', '--add', o.store]
    added = ended([*add, '--table', o.folder/'runs.csv'], 60)
    return done if added==0 else 1

def main():
    "The parts, one after the other"
    p = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    p.add_argument('folder', type=Path)
    p.add_argument('--parts', nargs='+', choices=('tests', *pages, 'runs'), default=('tests', *pages, 'runs'))
    p.add_argument('--seconds', type=float, default=570)
    p.add_argument('--jobs', type=int, default=max(1, min(9, (os.cpu_count() or 2)//2)), help='runs side by side')
    p.add_argument('--data', type=Path, default=root/'data', help='folder that holds cifar10-jpeg')
    p.add_argument('--store', type=Path, help='folder of the runs, so that a later call goes on with them')
    p.add_argument('--device', default='cuda')
    p.add_argument('--rehearse', action='store_true')
    p.add_argument('--execute', type=Path, help=argparse.SUPPRESS)
    p.add_argument('--make-runs', action='store_true', help=argparse.SUPPRESS)
    o = p.parse_args()
    o.folder = o.folder.resolve()
    if o.execute: sys.exit(execute(o.execute, o.folder))
    if o.make_runs: sys.exit(make_runs(o))
    if o.rehearse: o.device = 'cpu'
    o.folder.mkdir(parents=True, exist_ok=True)
    o.store = o.store or Path(tempfile.mkdtemp())                  # runs of a rehearsal never lie beside others
    end,failed = time.monotonic()+o.seconds,0
    for name in o.parts:
        start = time.monotonic()
        status = page(o, name, end-start) if name in pages else globals()[name](o, end-start)
        word = {0:'ok', None:'the time was up'}.get(status, 'FAILED')
        failed += bool(status)
        print(f'{name}: {word} ({time.monotonic()-start:.0f} s)', flush=True)
    sys.exit(failed)

if __name__=='__main__': main()
