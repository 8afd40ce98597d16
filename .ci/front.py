#!/usr/bin/env python3
"The results that the front page shows, as one small file: `.ci/front.py STORE`, from the sealed store that nbs/experiments/56_two_tasks.ipynb has filled."
import hashlib, json, sys
from pathlib import Path

from hcl.experiment import results
from hcl.results import load_run
from nbdev.config import get_config

if __name__=='__main__':
    store = Path(sys.argv[1])
    def first_two(p): return json.loads((p/'job.json').read_text())['stream'].get('first')==2
    names = {p.name for p in store.iterdir() if (p/'job.json').exists() and first_two(p)}
    df = results(store, version=None)                              # refuses what is damaged
    df = df[df.folder.isin(names)]
    runs = []
    for r in df.itertuples():
        res,job = load_run(store/r.folder),json.loads((store/r.folder/'job.json').read_text())
        runs.append(dict(benchmark=r.benchmark, stream='', method=r.method, seed=r.seed, archs=res.architectures, class_il=r.class_il, task_il=r.task_il, seconds=round(r.seconds, 1),
                         forgetting_task_il=r.forgetting_task_il, stored_bytes=r.stored_bytes, method_args=job['method_args'], sha256=hashlib.sha256((store/r.folder/'results.json').read_bytes()).hexdigest()))
    job,res = json.loads((store/df.folder.iloc[0]/'job.json').read_text()),load_run(store/df.folder.iloc[0])
    facts = dict(made_by='nbs/experiments/56_two_tasks.ipynb', data='CIFAR-10 (JPEG)', data_sha256=job['data_sha256'], n_train=job['stream']['n_train'], epochs=job['learner']['epochs'], protocol=job['protocol'],
                 tested_on=res.settings['tested_on'], seeds=sorted({int(s) for s in df.seed}), device=res.device, versions=res.versions)
    out = get_config().nbs_path/'data'/'two_tasks.json'
    out.parent.mkdir(exist_ok=True)
    out.write_text(json.dumps(dict(facts=facts, runs=runs), indent=1, ensure_ascii=False, default=lambda o: o.item())+'\n', encoding='utf-8')
    print(f'{len(runs)} runs in {out.relative_to(get_config().config_path)}')
