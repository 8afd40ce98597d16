#!/usr/bin/env python3
"""`nbs/results/explorer.html`, a page that shows the table of runs without a kernel: one file, nothing is loaded.

`.ci/site.py` makes it anew when the table has changed. `--test` opens it in headless Chromium, chooses every stream and
figure, and compares dots and means with the table."""
import csv, json, statistics, sys

from pages import nbs, root

table,page = nbs/'results'/'runs.csv',nbs/'results'/'explorer.html'
figures = ('class_il', 'task_il', 'forgetting_class_il', 'forgetting_task_il')
numbers = (*figures, 'cpu_seconds')

def together(values): return '; '.join(sorted({v for v in values if v}))

def streams():
    "The runs of the table by benchmark and stream, with what the page shows of each"
    with table.open(encoding='utf-8', newline='') as f: rows = list(csv.DictReader(f))
    found = {}
    for r in rows: found.setdefault(', '.join(filter(None, (r['benchmark'], r['stream']))), []).append(r)
    def run(r): return dict(method=r['method'], seed=r['seed'], **{k:float(r[k]) for k in numbers if r[k]})
    return [dict(name=name, networks=together(r['networks'].replace(' ', ' → ') for r in part),
                 data=together(r['data'] for r in part), device=together(r['device'] for r in part),
                 rows=[run(r) for r in part]) for name,part in found.items()]

def explorer():
    "The text of the page: the template with the runs in it"
    text = json.dumps(streams(), ensure_ascii=False, separators=(',', ':')).replace('<', '\\u003c')
    return (root/'.ci'/'explorer.html').read_text(encoding='utf-8').replace('/*DATA*/null', text)

rows_js = """[...document.querySelectorAll('#table tr')].slice(1)
    .map(r => [r.cells[0].textContent, r.cells[2].textContent])"""

def faults(tab):
    "What the page shows otherwise than the table, for all streams and figures"
    found,shown = [],0
    for i,s in enumerate(streams()):
        tab.select_option('#stream', str(i))
        for k in figures:
            tab.check(f'input[name=figure][value={k}]')
            dots,means = tab.locator('.dot').count(),dict(tab.evaluate(rows_js))
            values = {}
            for r in s['rows']: values.setdefault(r['method'], []).append(100*r[k])
            want = {m:f'{statistics.mean(v):.1f}' for m,v in values.items()}
            off = {m:(means.get(m), w) for m,w in want.items() if abs(float(means.get(m, 'nan'))-float(w))>.11}
            same = dots==len(s['rows']) and set(means)==set(want)
            if off or not same: found.append(f"{s['name']}, {k}: {dots} dots, {off}")
            shown += dots
    first = tab.locator('#methods input').first
    before = tab.locator('#table tr').count()
    first.uncheck()
    if tab.locator('#table tr').count()!=before-1: found.append('a method that is switched off stays')
    return found,shown

if __name__=='__main__':
    page.write_text(explorer(), encoding='utf-8')
    if '--test' in sys.argv:
        from look import faults_js, open_tab
        with open_tab(750) as tab:
            errors = []
            tab.on('pageerror', lambda e: errors.append(str(e)))
            tab.goto(page.as_uri())
            found,shown = faults(tab)
            found += errors+tab.evaluate(faults_js)
        print(f'{len(streams())} streams, {len(figures)} figures, {shown} dots as in the table')
        if found: sys.exit('\n'.join(found))
