#!/usr/bin/env python3
"All of the site up to `quarto render`: notebooks processed, every local link and picture present, the sidebar complete."
import re, sys
from pathlib import Path

import yaml
from execnb.nbio import read_nb
from nbdev.config import get_config
from nbdev.quarto import nbdev_sidebar, refresh_quarto_yml
from nbdev.serve import proc_nbs

if __name__=='__main__':
    cfg = get_config()
    before = {p:p.read_text() if p.exists() else '' for p in (cfg.nbs_path/'nbdev.yml', cfg.nbs_path/'sidebar.yml')}
    refresh_quarto_yml(); nbdev_sidebar.__wrapped__()
    faults = [f'{p.name} is not up to date: run .ci/site.py and commit it' for p,old in before.items() if p.read_text()!=old]
    proc = proc_nbs(force=True, n_workers=2)
    pages,links = {},[]
    for p in sorted(proc.rglob('*.ipynb')):
        nb = read_nb(p)
        front = next((yaml.safe_load(c.source.strip().strip('-')) for c in nb.cells if c.cell_type=='raw' and c.source.startswith('---')), {})
        pages[p.parent/front.get('output-file', p.with_suffix('.html').name)] = p
        if not front.get('title'): faults.append(f'{p.relative_to(proc)} has no title')
        for c in nb.cells:
            if c.cell_type=='markdown': links += [(p, o) for o in re.findall(r'\]\(([^)\s]+)\)', re.sub(r'(?s)```.*?```|`[^`]*`', '', c.source))]
    for p,o in links:
        if re.match(r'[a-z]+:', o) or o.startswith('#'): continue
        to = (p.parent/o.split('#')[0]).resolve()
        if to not in pages and not to.exists(): faults.append(f'{p.relative_to(proc)} links to {o}, which does not exist')
    listed = set(re.findall(r'[\w./-]+\.ipynb', (cfg.nbs_path/'sidebar.yml').read_text()))
    there = {p.relative_to(proc).as_posix() for p in pages.values()}
    if listed!=there: faults.append(f'the sidebar and the pages differ: {sorted(listed^there)}')
    if not (proc/'_quarto.yml').read_text()==(cfg.config_path/'_quarto.yml').read_text(): faults.append('_quarto.yml is not the one at the top level')
    print(f'{len(pages)} pages, {len(links)} links')
    if faults: sys.exit('\n'.join(faults))
