#!/usr/bin/env python3
"""The runs of two tasks, by which the results page judges claim C3, as one small file: `.ci/two_tasks.py STORE`.

STORE is the folder that nbs/experiments/56_two_tasks.ipynb has filled; a damaged result in it is refused."""
import hashlib, json, sys
from pathlib import Path

from hcl.study import results
from hcl.training import load_run
from nbdev.config import get_config

def job_of(folder): return json.loads((folder/'job.json').read_text(encoding='utf-8'))
def two_tasks(folder): return (folder/'job.json').exists() and job_of(folder)['stream'].get('n_tasks')==2

def run_row(folder, r):
    "What the results page needs of one run: `r` is its row in the table of results"
    figures = {k:getattr(r, k) for k in ('class_il', 'task_il', 'forgetting_task_il', 'stored_bytes')}
    return dict(benchmark=r.benchmark, stream='', method=r.method, seed=r.seed, archs=load_run(folder).architectures,
                seconds=round(r.seconds, 1), **figures, method_args=job_of(folder)['method_args'],
                sha256=hashlib.sha256((folder/'results.json').read_bytes()).hexdigest())

def facts(folder, seeds):
    "What is the same in all runs"
    job,res = job_of(folder),load_run(folder)
    return dict(made_by='nbs/experiments/56_two_tasks.ipynb', data='CIFAR-10 (JPEG)', data_sha256=job['data_sha256'],
                n_train=job['stream']['n_train'], epochs=job['training']['epochs'],
                tested_on=res.settings['tested_on'], seeds=sorted(seeds), device=res.device, versions=res.versions)

if __name__=='__main__':
    if len(sys.argv)!=2: sys.exit(__doc__)
    store = Path(sys.argv[1])
    df = results(store, version=None)
    df = df[[two_tasks(store/f) for f in df.folder]]
    made = dict(facts=facts(store/df.folder.iloc[0], {int(s) for s in df.seed}),
                runs=[run_row(store/r.folder, r) for r in df.itertuples()])
    out = get_config().nbs_path/'data'/'two_tasks.json'
    out.parent.mkdir(exist_ok=True)
    text = json.dumps(made, indent=1, ensure_ascii=False, default=lambda o: o.item())
    out.write_text(text+'\n', encoding='utf-8')
    print(f"{len(made['runs'])} runs in {out.relative_to(get_config().config_path)}")
