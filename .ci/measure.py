#!/usr/bin/env python3
"""How long tutorials take and how much memory: `.ci/measure.py nbs/tutorials/02_first_run.ipynb …`.

Executes a copy of each page on one thread and writes what it took into the line of the page that begins with `Takes`.
Processor seconds and memory, imports included; seconds on the clock depend on what else the machine does."""
import json, os, re, shutil, subprocess, sys
from pathlib import Path

from pages import root

def measure(path):
    "Processor seconds, and the bytes of memory of the largest process"
    copy = path.with_name('_measured.ipynb')
    shutil.copy(path, copy)
    env = {**os.environ, 'OMP_NUM_THREADS':'1', 'MPLBACKEND':'agg'}
    p = subprocess.Popen([sys.executable, root/'.ci'/'execute.py', copy], env=env, stdout=subprocess.DEVNULL)
    try: _,status,used = os.wait4(p.pid, 0)
    finally: copy.unlink()
    if status: sys.exit(f'{path.name} cannot be executed')
    return used.ru_utime+used.ru_stime, 1024*used.ru_maxrss

def sentence(seconds, memory):
    "What a page says of it: in steps of five seconds, or minutes"
    time = f'{5*max(1, round(seconds/5))} seconds' if seconds<100 else f'{seconds/60:.0f} minutes'
    return f'Takes {time} of a CPU core and {memory/1e9:.1f} GB of memory, imports included; no GPU.'

def write(path, text):
    "Put the sentence into the page, in place of an earlier one or behind the badge"
    nb = json.loads(path.read_text(encoding='utf-8'))
    c = next(c for c in nb['cells'] if 'colab.svg' in ''.join(c['source']))
    badge = re.sub(r'\n\nTakes .*', '', ''.join(c['source']))
    c['source'] = f'{badge}\n\n{text}'.splitlines(keepends=True)
    path.write_text(json.dumps(nb, indent=1, ensure_ascii=False, sort_keys=True)+'\n', encoding='utf-8')

if __name__=='__main__':
    if len(sys.argv)<2: sys.exit(__doc__)
    for p in [Path(o).resolve() for o in sys.argv[1:]]:
        text = sentence(*measure(p))
        write(p, text)
        print(f'{p.name}: {text}', flush=True)
