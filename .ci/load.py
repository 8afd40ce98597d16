#!/usr/bin/env python3
"""Tries what takes long: `.ci/load.py [cluster] [schedulers] [memory] [store] [--table FILE]`; all four by default.

cluster     200 jobs on a Dask cluster of four processes, one of which is killed every few seconds
schedulers  two processes with the same grid and one store
memory      200 tasks in one run: how much memory the process has after 20, 100 and 200
store       a store of 10,000 results: seconds of `results` and of `hcl_report`

Each prints its figures. `--table` also writes them into a JSON file, which a page shows."""
import argparse, io, json, os, random, signal, subprocess, sys, tempfile, threading, time, warnings
from contextlib import redirect_stdout
from pathlib import Path

os.environ.update(OMP_NUM_THREADS='1', MPLBACKEND='agg', CUDA_VISIBLE_DEVICES='', PYTHONWARNINGS='ignore')
root = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(root))
os.environ['PYTHONPATH'] = str(root)
warnings.simplefilter('ignore')
import torch
from hcl.all import *
import hcl.cli, hcl.data, hcl.study
torch.set_num_threads(1)

def jobs_of(n): # the smallest there are
    stream = dict(n_tasks=1, n_train=2, n_test=2, arch='lenet')
    return grid('split_digits', 'finetune', n, {'':stream}, dict(epochs=1), device='cpu')

def same_results(a, b): # all but what a clock says
    def plain(store):
        df = results(store)
        return summary(df).to_string(),{r.seed:(r.matrices.class_il.tolist(), load_run(store/r.folder).weights)
                                        for r in df.itertuples()}
    return plain(a)==plain(b)

def left_beside(store): # what an unfinished job leaves
    return [p.name for p in store.iterdir() if p.name.startswith('.') and not p.name.endswith('.lock')]

def fails(ok, what):
    if not ok: raise SystemExit(f'FAILED: {what}')

def killing(cluster, store, every, ended, killed):
    """Kill one worker after another until it has ended. Not before a job is finished, or a slow machine never gets on,
    and no worker that is starting, for which dask starts no other"""
    rng,before,without = random.Random(0),0,0
    while not ended.wait(every):
        without = 0 if cluster.scheduler.workers else without+1
        if without==20:                                            # the grid would wait for ever
            print(f'FAILED: dask starts no workers any more, after {len(killed)} kills', flush=True)
            os._exit(1)
        finished = sum(p.name[0]!='.' for p in store.iterdir()) if store.exists() else 0
        if finished==before or len(cluster.scheduler.workers)<len(cluster.workers): continue
        pids = [w.pid for w in cluster.workers.values() if w.pid]
        before = finished
        try: os.kill(rng.choice(pids), signal.SIGKILL)
        except ProcessLookupError: continue
        killed.append(finished)

def cluster(d, n=200, every=4):
    "Run the jobs on a cluster whose workers are killed, and again undisturbed"
    from distributed import LocalCluster
    jobs,ended,killed,start = jobs_of(n),threading.Event(),[],time.monotonic()
    with LocalCluster(n_workers=4, threads_per_worker=1, dashboard_address=None, silence_logs=50) as c:
        killer = threading.Thread(target=killing, args=(c, d/'killed', every, ended, killed))
        killer.start()
        try: states = run_grid(jobs, d/'killed', engine='dask', address=c.scheduler_address)
        finally:
            ended.set()
            killer.join()
    seconds = time.monotonic()-start
    fails(sum(states.values())==n, f'{states} of {n} jobs')
    fails(len(results(d/'killed'))==n and not left_beside(d/'killed'), 'a job is missing, or not finished')
    run_grid(jobs, d/'quiet', n_jobs=2)
    fails(same_results(d/'killed', d/'quiet'), 'another report than that of a quiet run')
    return dict(jobs=n, workers=4, killed=len(killed), seconds=round(seconds), lost=0, differing=0)

one_scheduler = '''import sys
sys.path.insert(0, {root!r}+'/.ci')
import load
print(load.run_grid(load.jobs_of({n}), {store!r}))'''

def schedulers(d, n=60):
    "Two processes share a store; the jobs of both must add up"
    code = one_scheduler.format(root=str(root), n=n, store=str(d/'shared'))
    both = [subprocess.Popen([sys.executable, '-c', code], stdout=subprocess.PIPE, text=True) for _ in range(2)]
    states = [eval(p.communicate()[0]) for p in both]
    fails(sum(s['run'] for s in states)==n, f'{states}: {n} jobs are to be run once')
    fails(len(results(d/'shared'))==n and not left_beside(d/'shared'), 'a job is missing, or not finished')
    return dict(jobs=n, run_by_each=[s['run'] for s in states])

def resident(): # MiB
    pages = int(Path('/proc/self/statm').read_text().split()[1])
    return pages*os.sysconf('SC_PAGE_SIZE')/2**20

class Memory(hcl.methods.TaskCallback):
    "Memory of the process after each task"
    def before_stream(self, stream): self.found = []
    def after_test(self, task): self.found.append(resident())

def memory(d, n=200):
    "One run of many tasks with two classes each, by a method that keeps a teacher, and with checkpoints"
    g = torch.Generator().manual_seed(0)
    def make(k): return torch.randint(0, 256, (2*n*k,3,8,8), generator=g, dtype=torch.uint8),torch.arange(2*n).repeat(k)
    images = Images(*make(8), *make(1), [f'class {i}' for i in range(2*n)], 'noise')
    stream = Stream(split_tasks(images, n), hcl.data.tiny_mlp, flip=False, pad=0, epochs=1, bs=8)
    found = Memory()
    ContinualLearner(stream, 'kd', device='cpu', progress=False, cbs=[found, Checkpoint(d/'run.ckpt')]).fit()
    figures = {f'after_{t}':round(found.found[t-1], 1) for t in (20, n//2, n)}
    fails(found.found[-1]-found.found[19]<30, f'memory grows: {figures} MiB')
    return dict(tasks=n, **figures)

def copies(store, n):
    "Copies of one result under other seeds, each with its checksums"
    from hcl.study.store import _last, _sums
    from hcl.training.results import _seal, _sealed
    job, = jobs_of(1)
    run_grid([job], store)
    first,facts = store/job.name,json.loads((store/job.name/'job.json').read_text())
    body,_,_ = (first/'results.json').read_text().partition(_seal)
    names = sorted((p.name for p in first.iterdir() if p.name!='SHA256SUMS'), key=lambda o: (o in _last, o))
    for seed in range(1, n):
        out = store/hcl.study.job_name({**facts, 'seed':seed})
        out.mkdir()
        for o in names:
            if o not in _last: os.link(first/o, out/o)
        (out/'results.json').write_text(_sealed(body.replace('"seed": 0', f'"seed": {seed}')+'}\n'))
        (out/'job.json').write_text(json.dumps({**facts, 'seed':seed}))
        (out/'SHA256SUMS').write_bytes(_sums(out, names))

def a_store(d, n=10_000):
    "A store of copies, read as a table and reported"
    copies(d/'many', n)
    start = time.monotonic()
    df = results(d/'many')
    read = time.monotonic()-start
    fails(len(df)==n, f'{len(df)} of {n} results')
    start = time.monotonic()
    with redirect_stdout(io.StringIO()): hcl.cli.main_report(['--out', str(d/'many')])
    report = time.monotonic()-start
    fails(max(read, report)<60, f'{read:.0f} and {report:.0f} s')
    return dict(results=n, seconds_results=round(read, 1), seconds_report=round(report, 1))

tests = dict(cluster=cluster, schedulers=schedulers, memory=memory, store=a_store)

def main():
    p = argparse.ArgumentParser(description=__doc__.partition('\n')[0])
    p.add_argument('tests', nargs='*', choices=[*tests, []])
    p.add_argument('--table', type=Path)
    p.add_argument('--jobs', type=int, default=200, help='of the cluster')
    o = p.parse_args()
    found = json.loads(o.table.read_text()) if o.table and o.table.exists() else {}
    for name in o.tests or tests:
        with tempfile.TemporaryDirectory(prefix='load-') as d: 
            found[name] = tests[name](Path(d), **(dict(n=o.jobs) if name=='cluster' else {}))
        print(name, found[name], flush=True)
        if o.table: o.table.write_text(json.dumps(found, indent=1)+'\n')

if __name__=='__main__': main()
