#!/usr/bin/env python3
"""Does a page notice when its module is broken? Draws small changes of exported code, makes each in a copy of the
project, exports, and runs the page of the module. Prints what was caught and what survived."""
import argparse, os, queue, random, shutil, signal, subprocess, sys, tempfile, threading, time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from mutations import all_mutations, module_file
from pages import pages, root

# Exports a page and runs it as a test: 0 passed, 1 failed
run_page = '''import sys
from pathlib import Path
from nbdev.export import nb_export
from nbdev.test import test_nb
page = Path(sys.argv[1]).resolve()
nb_export(page)
sys.exit(not test_nb(page, skip_flags=['notest'], basepath=Path.cwd(), showerr=False)[0])'''

class Runner:
    "Runs pages in copies of the project, as many at a time as there are copies"
    def __init__(self, folder, jobs, factor):
        self.factor,self.seconds,self.running,self.stopped = factor,{},set(),threading.Event()
        self.copies = queue.Queue()
        for i in range(jobs):
            copy = Path(folder)/f'copy{i}'
            shutil.copytree(root, copy, ignore=shutil.ignore_patterns('.*', '_proc', '_docs', 'build', 'dist', 'runs'))
            self.copies.put(copy)

    def command(self, copy, page, limit):
        "Run a page in a copy: 'passed', 'failed' or 'timeout'"
        scratch = copy/'.scratch'                                  # what a page leaves behind when it is killed
        scratch.mkdir(exist_ok=True)
        env = {**os.environ, 'PYTHONPATH':str(copy), 'MPLBACKEND':'agg', 'OMP_NUM_THREADS':'1',
               'HCL_CACHE':str(scratch), 'TMPDIR':str(scratch)}
        args = [sys.executable, '-W', 'ignore', '-c', run_page, str(page.relative_to(root))]
        process = subprocess.Popen(args, cwd=copy, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                   start_new_session=True)
        self.running.add(process)
        if self.stopped.is_set(): kill(process)
        try: return 'failed' if process.wait(limit) else 'passed'
        except subprocess.TimeoutExpired: return 'timeout'
        finally:
            kill(process); self.running.discard(process)
            shutil.rmtree(scratch, ignore_errors=True)

    def baseline(self, page):
        "Run a page as it is; its seconds set the limit for the changed ones"
        copy,start = self.copies.get(),time.monotonic()
        try: res = 'stopped' if self.stopped.is_set() else self.command(copy, page, None)
        finally: self.copies.put(copy)
        self.seconds[page] = time.monotonic()-start
        return res

    def run(self, mutation):
        "Run the page of a changed module: 'caught', 'survived' or 'timeout'"
        copy = self.copies.get()
        page = copy/mutation.page.relative_to(root)
        try:
            if self.stopped.is_set(): return 'stopped'
            mutation.apply(page)
            res = self.command(copy, mutation.page, 10+self.factor*self.seconds[mutation.page])
            return dict(passed='survived', failed='caught').get(res, res)
        finally:
            shutil.copyfile(mutation.page, page)
            shutil.copyfile(module_file(mutation.module), module_file(mutation.module, copy))
            self.copies.put(copy)

    def stop(self):
        "End all runs at once"
        self.stopped.set()
        for p in list(self.running): kill(p)

def kill(process):
    "End a process and those that it has started"
    try: os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError: pass
    process.wait()

def draw(module, n, seed):
    "Mutations of the package, or of the modules whose names begin with `module`"
    found = [m for p in pages('api') for m in all_mutations(p) if m.module.startswith(module)]
    return random.Random(seed).sample(found, min(n, len(found))),len(found)

def run_all(drawn, runner, pool):
    "Run the pages unchanged, then each mutation; prints as they come. Returns the number of each outcome"
    used = sorted({m.page for m in drawn})
    broken = [p.name for p,res in zip(used, pool.map(runner.baseline, used)) if res!='passed']
    if broken: sys.exit(f"fails without any change: {', '.join(broken)}")
    count = Counter()
    for m,res in zip(drawn, pool.map(runner.run, drawn)):
        count[res] += 1
        print(f'{res:8}  {m}', flush=True)
    return count

def options():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument('--n', type=int, default=40, help='how many mutations')
    p.add_argument('--seed', type=int, default=0, help='of the draw')
    p.add_argument('--jobs', type=int, default=os.cpu_count(), help='how many at a time')
    p.add_argument('--timeout', type=float, default=3, help='limit of a page, in multiples of its time')
    p.add_argument('--module', default='', help='only modules whose names begin so, as core.errors or training')
    p.add_argument('--at-least', type=float, default=.8, help='share that must be caught')
    p.add_argument('--list', action='store_true', help='print the mutations without running them')
    return p.parse_args()

def main():
    opt = options()
    drawn,n = draw(opt.module, opt.n, opt.seed)
    if not drawn: sys.exit(f'no module of the package begins with {opt.module!r}')
    print(f'{len(drawn)} of {n} mutations, seed {opt.seed}', flush=True)
    if opt.list: return print('\n'.join(map(str, drawn)))
    for s in (signal.SIGINT, signal.SIGTERM): signal.signal(s, lambda n,_: sys.exit(128+n))
    with tempfile.TemporaryDirectory() as folder:
        runner,pool = Runner(folder, opt.jobs, opt.timeout),ThreadPoolExecutor(opt.jobs)
        try: count = run_all(drawn, runner, pool)
        finally:
            runner.stop()
            pool.shutdown(cancel_futures=True)
    caught = (count['caught']+count['timeout'])/len(drawn)
    print(f"{count['caught']} caught, {count['timeout']} ran out of time, {count['survived']} survived: "
          f"{100*caught:.0f} % caught")
    sys.exit(caught<opt.at_least)

if __name__=='__main__': main()
