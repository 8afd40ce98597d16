#!/usr/bin/env python3
"""Writes each room's `__init__.py`, which offers the public names of its modules and loads them when they are first
used (PEP 562). `--check` only compares.

A room is a folder of `nbs/api`; what lives in it is said in `rooms` below. Its names are those in the `__all__` of
its modules."""
import ast, sys
from pathlib import Path

root = Path(__file__).resolve().parents[1]
rooms = dict(
    core='Foundations: errors, files, devices, precision, processes, and the fast fastai learner.',
    models='Architectures: the networks of the benchmarks, and any other by its name.',
    data='Images, streams of tasks, augmentation and loaders.',
    methods='Methods of continual learning, made of fastai callbacks, found by name.',
    training='Training a stream: the learner, its settings and callbacks, metrics and results, and upgrades.',
    study='Studies and grids of runs: jobs, the store and the table of their results, statistics and plots.',
    widgets='Interactive views for notebooks: stream builder, dashboard, explorers.',
    cli='The commands `hcl_run`, `hcl_grid`, `hcl_report`, `hcl_results` and `hcl_upgrade`.')

def public_names(path):
    "The names in the `__all__` of a module"
    for node in ast.parse(path.read_text(encoding='utf-8')).body:
        if not isinstance(node, ast.Assign): continue
        if getattr(node.targets[0], 'id', '')=='__all__': return ast.literal_eval(node.value)
    return []

def init_text(room, about):
    "The text of a room's `__init__.py`"
    modules = {p.stem:public_names(p) for p in sorted((root/'hcl'/room).glob('*.py')) if p.stem!='__init__'}
    offered = sum(modules.values(), [])
    if twice := {n for n in offered if offered.count(n)>1 or n in modules}:
        sys.exit(f"hcl.{room}: a name stands for two things: {', '.join(sorted(twice))}")
    lines = [f'    {m}={sorted(ns)!r},' for m,ns in modules.items()]
    wrapped = sum((wrap(l) for l in lines), [])
    return '\n'.join([
        f'"""{about}"""', '', '# Made by .ci/rooms.py from the modules: do not edit.', 'import lazy_loader as lazy', '',
        '__getattr__, __dir__, __all__ = lazy.attach(__name__, submod_attrs=dict(', *wrapped, '))', ''])

def wrap(line, width=120):
    "A line broken at its commas"
    lines = []
    while len(line)>width:
        i = line.rindex(', ', 0, width)+1
        lines.append(line[:i]); line = ' '*8+line[i+1:]
    return [*lines, line]

if __name__=='__main__':
    faults = []
    for room,about in rooms.items():
        path,text = root/'hcl'/room/'__init__.py',init_text(room, about)
        if '--check' not in sys.argv: path.write_text(text, encoding='utf-8')
        elif not path.exists() or path.read_text(encoding='utf-8')!=text:
            faults.append(f'hcl/{room}/__init__.py is not up to date: run .ci/rooms.py')
    if faults: sys.exit('\n'.join(faults))
