#!/usr/bin/env python3
"All of the site up to `quarto render`: sidebar and llms.txt made, notebooks processed, every link, anchor and picture present, every page with a result of its own."
import re, sys
from pathlib import Path
from xml.etree import ElementTree

import nbformat, yaml
from execnb.nbio import read_nb
from nbdev.config import get_config
from nbdev.quarto import refresh_quarto_yml
from nbdev.serve import proc_nbs

sections = dict(tutorials='Tutorials', explain='How it works', api='Reference', experiments='Experiments')      # folder → its title, in the order of the sidebar
cfg = get_config()
nbs = cfg.nbs_path
site = cfg.doc_host+cfg.doc_baseurl

def sidebar(): # custom_sidebar in settings.ini keeps nbdev from writing its own
    "The text of `sidebar.yml`"
    contents = [dict(text='Start here', href='index.ipynb')]
    contents += [dict(section=title, contents=[f'{d}/{p.name}' for p in sorted((nbs/d).glob('*.ipynb'))]) for d,title in sections.items()]
    return yaml.dump(dict(website=dict(sidebar=dict(contents=contents))), sort_keys=False, allow_unicode=True)

def llms(pages):
    "The text of `llms.txt` (llmstxt.org): every page with its address and what it holds"
    def line(p): return f"- [{p.front['title']}]({site}/{p.html.relative_to(p.root).as_posix()}): {p.front.get('description', '')}".rstrip(': ')
    def part(d): return [line(p) for p in pages if p.path.parent.name==d]
    start = next(p for p in pages if p.path.name=='index.ipynb')
    about = next(s for s in start.markdown if s.startswith('`hcl` ')).split('\n\n')[0].replace('\n', ' ')
    head = [f"# {cfg.title}", '', f"> {cfg.description}", '', about, '', f"Install with `pip install .` from a clone of {cfg.git_url}. The notebooks in `nbs/` are the source of the package `hcl/`; `import hcl.learner`, `hcl.streams` and so on, one module a page of the reference."]
    titles = {**sections, 'experiments':'Optional'}                # what may be left out where there is little room
    return '\n'.join(head+sum((['', f'## {t}', '', *part(d)] for d,t in titles.items()), []))+'\n'

def slug(heading): # as Pandoc makes them
    s = re.sub(r'!?\[([^\]]*)\]\([^)]*\)', r'\1', heading)
    s = re.sub(r'\s+', '-', re.sub(r'[^\w\s.-]', '', s.replace('`', '').replace('*', '')).strip().lower())
    return re.sub(r'^[^a-z]+', '', s) or 'section'

def no_code(s): return re.sub(r'(?s)```.*?```|`[^`\n]*`', '', s)
def joined(s): return s if isinstance(s, str) else ''.join(s)

class Page:
    "A processed notebook: its address, links, anchors and results"
    def __init__(self, p, root):
        nb = read_nb(p)
        self.path,self.root,self.front = p,root,next((yaml.safe_load(c.source.strip().strip('-')) for c in nb.cells if c.cell_type=='raw' and c.source.startswith('---')), {})
        self.html = p.parent/self.front.get('output-file', p.with_suffix('.html').name)
        outs = [o for c in nb.cells if c.cell_type=='code' for o in c.get('outputs', [])]
        data = [o.get('data', {}) for o in outs]
        self.markdown = [c.source for c in nb.cells if c.cell_type=='markdown']
        md = self.markdown + [joined(d['text/markdown']) for d in data if 'text/markdown' in d]
        html = [joined(d['text/html']) for d in data if 'text/html' in d] + md
        self.nested = [m for t in md for m in re.findall(r'\[[^][]*\[[^][]*\]\([^)]*\)[^][]*\]\([^)]*\)', re.sub(r'(?s)```.*?```', '', t))]    # nbdev makes a link of a name in the text of a link
        self.links = [o for s in md for o in re.findall(r'\]\(([^)\s]+)\)', no_code(s))] + [o for s in html for o in re.findall(r'(?:href|src)="([^"]+)"', no_code(s))]
        seen,self.anchors = {},set()
        for s in md:
            for h,own in re.findall(r'^#+ +(.*?)(?: *\{#([\w.-]+)[^}]*\})? *$', re.sub(r'(?s)```.*?```', '', s), flags=re.M):
                a = own or slug(h); n = seen[a] = seen.get(a, -1)+1
                self.anchors.add(a if not n else f'{a}-{n}')
        for s in html: self.anchors |= set(re.findall(r'\bid="([^"]+)"', s))
        nb = read_nb(nbs/p.relative_to(root))                      # as written: without what nbdev has put in
        outs = [o for c in nb.cells if c.cell_type=='code' and not re.search(r'^#\| *(?:hide|exporti?)\b(?!_)', c.source, flags=re.M) for o in c.get('outputs', [])]
        self.waits = bool(self.front.get('skip_exec')) and not outs  # for a machine that can run it
        self.pictures = any(k.startswith('image/') for o in outs for k in o.get('data', {})) or any('![' in no_code(s) or '```mermaid' in s or '```{mermaid' in s for s in self.markdown)
        self.results = bool(outs) or self.pictures

def invalid(p):
    "Why a file is no notebook, as a list of at most one text"
    try:
        nb = nbformat.read(p, as_version=4)
        for c in nb.cells: c.pop('has_sd', None)                   # a mark of nbdev's, in processed notebooks
        nbformat.validate(nb)
    except Exception as e: return [f'{p.parent.name}/{p.name} is not a valid notebook: {str(e).splitlines()[0]}']
    return []

def svg_faults(p):
    "What is wrong with a drawing: not XML, or it refers to something that is not in it or beside it"
    try: top = ElementTree.parse(p).getroot()
    except ElementTree.ParseError as e: return [f'{p.name} is no XML: {e}']
    values = [(k.rpartition('}')[2], v) for el in top.iter() for k,v in el.attrib.items()]
    ids = {v for k,v in values if k=='id'}
    refs = [r for _,v in values for r in re.findall(r'url\(#([^)]+)\)', v)] + [v[1:] for k,v in values if k=='href' and v[:1]=='#']
    files = [v for k,v in values if k=='href' and v[:1]!='#' and not re.match(r'[a-z]+:', v)]
    return [f'{p.name} refers to #{r}, which it does not have' for r in refs if r not in ids] + [f'{p.name} refers to {v}, which does not exist' for v in files if not (p.parent/v).exists()]

def link_fault(page, o, pages, site):
    "Why a link leads nowhere, or None"
    if o.startswith(site): o,base = o[len(site):].lstrip('/') or 'index.html',page.root
    elif re.match(r'[a-z]+:', o): return
    else: base = page.path.parent
    file,_,anchor = o.partition('#')
    to = (base/file).resolve() if file else page.html
    if to.is_dir(): to = to/'index.html'
    if to not in pages: return None if to.exists() else 'which does not exist'
    if anchor and anchor not in pages[to].anchors: return f'but {to.name} has no section {anchor}'

class Strict(yaml.SafeLoader):
    "Refuses a key that is there twice, as Quarto does"
    def construct_mapping(self, node, deep=False):
        keys = [k.value for k,_ in node.value]
        if len(set(keys))<len(keys): sys.exit(f'{node.start_mark.name}, line {node.start_mark.line+1}: a key is there twice')
        return super().construct_mapping(node, deep)

def files_named(yml):
    "Files that a Quarto file names: pages, styles, further settings"
    def walk(o):
        if isinstance(o, dict): o = list(o.values())
        return sum(map(walk, o), []) if isinstance(o, list) else [o] if isinstance(o, str) and re.fullmatch(r'[\w./-]+\.(?:ipynb|qmd|md|css|scss|yml|svg|png|ico|html|bib)', o) else []
    with yml.open() as f: return walk(yaml.load(f, Strict))

if __name__=='__main__':
    made = [nbs/o for o in ('nbdev.yml', 'sidebar.yml', 'llms.txt')]
    made[2].touch()
    before = [p.read_text() if p.exists() else '' for p in made]
    refresh_quarto_yml(); made[1].write_text(sidebar())
    faults = [f'{p.name} is not up to date: run .ci/site.py and commit it' for p,old in zip(made[:2], before) if p.read_text()!=old]
    if not cfg.custom_sidebar: faults.append('settings.ini must say custom_sidebar = True, or nbdev_docs writes a sidebar of its own')
    for p in sorted(nbs.rglob('*.ipynb')):
        if any(o[0] in '._' for o in p.relative_to(nbs).parts): continue
        faults += invalid(p)
    proc = proc_nbs(force=True, n_workers=2)
    listed = [Page(p, proc) for p in sorted(proc.rglob('*.ipynb'))]
    pages = {p.html:p for p in listed}
    for p in listed:
        name = p.path.relative_to(proc)
        faults += invalid(p.path)
        if not p.front.get('title'): faults.append(f'{name} has no title')
        if not (p.results or p.waits): faults.append(f'{name} shows no picture, table or other result of its own')
        faults += [f'{name} links to {o}, {why}' for o in p.links if (why := link_fault(p, o, pages, site))]
    faults += [f'{p.path.relative_to(proc)}: a link inside a link, {m}' for p in listed for m in p.nested]
    for p in sorted(nbs.rglob('*.svg')): faults += svg_faults(p)
    for yml in ('_quarto.yml','nbdev.yml','sidebar.yml'):
        faults += [f'{yml} names {f}, which does not exist' for f in files_named(nbs/yml) if not (nbs/f).exists() or not (proc/f).exists()]
    there,inside = {p.path.relative_to(proc).as_posix() for p in listed},{f for f in files_named(nbs/'sidebar.yml') if f.endswith('.ipynb')}
    if inside!=there: faults.append(f'the sidebar and the pages differ: {sorted(inside^there)}; its sections are in .ci/site.py')
    if not (proc/'_quarto.yml').read_text()==(cfg.config_path/'_quarto.yml').read_text(): faults.append('_quarto.yml is not the one at the top level')
    if made[2].read_text(encoding='utf-8')!=llms(listed):
        made[2].write_text(llms(listed), encoding='utf-8'); faults.append('llms.txt is not up to date: run .ci/site.py and commit it')
    waiting = [p.path.stem for p in listed if p.waits]
    if waiting: print(f"not run yet: {', '.join(waiting)}")
    plain = sum(not p.pictures for p in listed)
    print(f'{len(pages)} pages, {len(pages)-plain} with pictures, {sum(len(p.links) for p in listed)} links, {sum("#" in o for p in listed for o in p.links)} of them to sections')
    if faults: sys.exit('\n'.join(faults))
