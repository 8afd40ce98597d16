#!/usr/bin/env python3
"""A benchmark, not a test: the way of a stranger, timed, in empty notebooks and an empty folder.

`.ci/stranger.py` clones this repository, installs the clone into a fresh environment, and makes the first run by the
command of the README. Then it executes the cells of pages with the installed package, each in a folder in which nothing
lies; a cell that clones the repository gets this one. It prints seconds on the clock and of CPU time. `--pages` names
other pages, as `tutorials/09_upgrade`; `--data FOLDER` is linked as `data` two folders above the page, for those that
need CIFAR-10 as JPEG, or weights."""
import argparse, os, re, resource, subprocess, sys, tempfile, time
from pathlib import Path

repo = Path(__file__).resolve().parents[1]
path = ('tutorials/02_first_run', 'tutorials/04_own_images', 'explain/05_choose_a_method', 'tutorials/12_no_images')
url = 'https://github.com/hcl-project/hcl'
cells = """
import sys
from execnb.nbio import read_nb
from execnb.shell import CaptureShell
shell = CaptureShell()
for c in read_nb(sys.argv[1]).cells:
    if c.cell_type!='code' or 'eval: false' in c.source and 'git clone' not in c.source: continue
    shell.run(c.source)
    if shell.exc: sys.exit(f'{c.source}\\n{shell.exc!r}')
"""

def timed(what, *args, **kwargs):
    "Run a command, and print what it took"
    def used(): return sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])
    start,before = time.monotonic(),used()
    done = subprocess.run([*map(str, args)], capture_output=True, text=True, **kwargs)
    print(f'{what:40s} {time.monotonic()-start:5.0f} s {used()-before:6.0f} CPU s', flush=True)
    if done.returncode: sys.exit(f'{what}: {(done.stderr or done.stdout)[-2000:]}')

def main():
    "The whole way"
    p = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    p.add_argument('--pages', nargs='+', default=path)
    p.add_argument('--data', type=Path)
    o = p.parse_args()
    with tempfile.TemporaryDirectory() as d:
        top,env = Path(d),Path(d)/'env'
        here = {**os.environ, 'MPLBACKEND':'agg', 'XDG_CACHE_HOME':str(top/'cache'), 'PYTHONPATH':'',
                'PATH':f"{env/'bin'}:{os.environ['PATH']}", 'GIT_CONFIG_COUNT':'1', 'GIT_CONFIG_VALUE_0':url,
                'GIT_CONFIG_KEY_0':f'url.file://{repo}.insteadOf'}
        timed('git clone', 'git', 'clone', '-q', repo, top/'hcl')
        timed('a fresh environment', sys.executable, '-m', 'venv', env)
        timed("pip install -e '.[dev]'", env/'bin'/'pip', 'install', '-q', '-e', f"{top/'hcl'}[dev]")
        line = re.search(r'hcl_run --method.*', (top/'hcl'/'README.md').read_text())[0]
        timed(line, env/'bin'/'hcl_run', *line.split()[1:], '--quiet', cwd=top, env=here)
        for page in o.pages:
            folder = top/Path(page).name/'nbs'/'page'
            folder.mkdir(parents=True)
            if o.data: (folder.parents[1]/'data').symlink_to(o.data.resolve())
            file = top/'hcl'/'nbs'/f'{page}.ipynb'
            timed(page, env/'bin'/'python', '-W', 'ignore', '-c', cells, file, cwd=folder, env=here)

if __name__=='__main__': main()
