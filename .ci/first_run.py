"""A benchmark, not a test: what `hcl_run --compare finetune` costs, quiet and beside busy processes, and what it finds.

.ci/first_run.py --seeds 3 --busy 2 prints a line for each seed: seconds on the clock and of CPU time, imports included,
and the points in average accuracy after the last task by which distillation is above finetuning.
"""
import argparse, json, os, resource, subprocess, sys, tempfile, time
from contextlib import contextmanager
from pathlib import Path

@contextmanager
def busy(n):
    "So many processes that keep a core busy"
    others = [subprocess.Popen([sys.executable, '-c', 'while True: pass']) for _ in range(n)]
    try: yield
    finally:
        for p in others: p.kill()
        for p in others: p.wait()

def run(seed, method, folder):
    "Seconds on the clock, of CPU time, and the results of both runs"
    code = 'from hcl.cli import main; main()'
    line = f'--method {method} --compare finetune --seed {seed} --out {folder}/run --quiet'
    def used(): return sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])
    start,before = time.monotonic(),used()
    subprocess.run([sys.executable, '-W', 'ignore', '-c', code, *line.split()], check=True, stdout=subprocess.DEVNULL)
    found = [json.loads((Path(folder)/n/'results.json').read_text()) for n in ('run', 'run-finetune')]
    return time.monotonic()-start,used()-before,found

def above(kd, ft): # points of each classifier of `kd` above finetuning: class- and task-incremental
    last = ft['average_accuracy']
    own = kd['readouts'] or dict(head={s:kd[s] for s in last})
    return {k:tuple(round(100*(sum(a[s][-1])/len(a[s])-last[s]), 1) for s in last) for k,a in own.items()}

if __name__=='__main__':
    p = argparse.ArgumentParser(description=__doc__.partition('\n')[0])
    p.add_argument('--seeds', type=int, default=3, help='how many runs')
    p.add_argument('--busy', type=int, default=0, help='processes beside it that keep a core busy')
    p.add_argument('--method', default='kd', help='kd, kd+lda …')
    o = p.parse_args()
    print(f'{os.cpu_count()} cores, {o.busy} busy processes beside, {o.method} and finetune')
    for seed in range(o.seeds):
        with tempfile.TemporaryDirectory() as folder, busy(o.busy): clock,cpu,found = run(seed, o.method, folder)
        print(f'seed {seed}: {clock:.0f} s, {cpu:.0f} s of CPU time; above finetuning {above(*found)}, '
              f"finetuning {found[1]['average_accuracy']}", flush=True)
