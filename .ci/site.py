#!/usr/bin/env python3
"""All of the site up to `quarto render`: makes sidebar and llms.txt, processes the notebooks, and looks for faults.

Every link, section and picture must be there, every page has a result of its own and all paragraphs of its notebook."""
import re, sys
from xml.etree import ElementTree

import nbformat, yaml
from nbdev.quarto import refresh_quarto_yml
from nbdev.serve import proc_nbs

from contents import cfg, llms, order, sidebar, site
from explorer import explorer
from pages import nbs, pages
from rendered import Page, lost_paragraphs
from rooms import rooms

def invalid(path):
    "Why a file is no notebook, as a list of at most one text"
    try:
        nb = nbformat.read(path, as_version=4)
        for c in nb.cells: c.pop('has_sd', None)                   # a mark of nbdev's, in processed notebooks
        nbformat.validate(nb)
    except Exception as e: return [f'{path.parent.name}/{path.name} is no valid notebook: {str(e).splitlines()[0]}']
    return []

def svg_faults(path):
    "What is wrong with a drawing: not XML, or it refers to something that is not in it or beside it"
    try: top = ElementTree.parse(path).getroot()
    except ElementTree.ParseError as e: return [f'{path.name} is no XML: {e}']
    values = [(k.rpartition('}')[2], v) for el in top.iter() for k,v in el.attrib.items()]
    ids = {v for k,v in values if k=='id'}
    hrefs = [v for k,v in values if k=='href']
    refs = [r for _,v in values for r in re.findall(r'url\(#([^)]+)\)', v)] + [v[1:] for v in hrefs if v[:1]=='#']
    missing = [f'#{r}' for r in refs if r not in ids]
    missing += [v for v in hrefs if v[:1]!='#' and not re.match(r'[a-z]+:', v) and not (path.parent/v).exists()]
    return [f'{path.name} refers to {o}, which does not exist' for o in missing]

def link_fault(page, link, targets):
    "Why a link leads nowhere, or None"
    if link.startswith(site): link,base = link[len(site):].lstrip('/') or 'index.html',page.root
    elif re.match(r'[a-z]+:', link): return
    else: base = page.path.parent
    file,_,anchor = link.partition('#')
    to = (base/file).resolve() if file else page.html
    if to.is_dir(): to = to/'index.html'
    if to not in targets: return None if to.exists() else 'which does not exist'
    if anchor and anchor not in targets[to].anchors: return f'but {to.name} has no section {anchor}'

def page_faults(page, targets):
    "What is wrong with a processed page"
    faults = invalid(page.path)
    if not page.front.get('title'): faults.append(f'{page.name} has no title')
    if not (page.results or page.waits): faults.append(f'{page.name} shows no result of its own')
    faults += [f'{page.name} links to {o}, {why}' for o in page.links if (why := link_fault(page, o, targets))]
    faults += [f'{page.name}: a link inside a link, {m}' for m in page.nested]
    lost = [' '.join(o.split())[:70] for o in lost_paragraphs(page)]
    return faults + [f'{page.name}: the site loses the paragraph {o!r}' for o in lost]

class Strict(yaml.SafeLoader):
    "Refuses a key that is there twice, as Quarto does"
    def construct_mapping(self, node, deep=False):
        keys = [k.value for k,_ in node.value]
        mark = node.start_mark
        if len(set(keys))<len(keys): sys.exit(f'{mark.name}, line {mark.line+1}: a key is there twice')
        return super().construct_mapping(node, deep)

def files_named(yml):
    "Files that a Quarto file names: pages, styles, further settings"
    name = r'[\w./-]+\.(?:ipynb|qmd|md|css|scss|yml|lua|svg|png|ico|html|bib)'
    def walk(o):
        if isinstance(o, dict): o = list(o.values())
        if isinstance(o, list): return sum(map(walk, o), [])
        return [o] if isinstance(o, str) and re.fullmatch(name, o) else []
    with yml.open() as f: return walk(yaml.load(f, Strict))

def settings_faults(proc, listed):
    "What is wrong with the files that tell Quarto what to do"
    faults = []
    if not cfg.custom_sidebar: faults.append('settings.ini must say custom_sidebar = True: nbdev writes a flat one')
    for yml in ('_quarto.yml', 'nbdev.yml', 'sidebar.yml'):
        named = files_named(nbs/yml)
        missing = [f for f in named if not ((nbs/f).exists() and (proc/f).exists())]
        faults += [f'{yml} names {f}, which does not exist' for f in missing]
    there,inside = {p.name for p in listed},{f for f in files_named(nbs/'sidebar.yml') if f.endswith('.ipynb')}
    faults += [f'{p} is a page, or in the sidebar, but not both: see .ci/contents.py' for p in sorted(there^inside)]
    if other := set(order)^set(rooms): faults.append(f'.ci/contents.py and .ci/rooms.py differ in {sorted(other)}')
    if (proc/'_quarto.yml').read_text()!=(cfg.config_path/'_quarto.yml').read_text():
        faults.append('_quarto.yml is not the one at the top level')
    return faults

def renewed(name, make):
    "Make a file anew; a fault if it was another one"
    path = nbs/name
    old = path.read_text(encoding='utf-8') if path.exists() else ''
    make(path)
    same = path.read_text(encoding='utf-8')==old
    return [] if same else [f'{name} was not up to date. It has been made anew: commit it']

def processed():
    "The folder of all pages as nbdev hands them to Quarto"
    try: return proc_nbs(force=True, n_workers=2)
    except Exception as e:
        causes = re.findall(r'^\w+(?:Error|Exception): .*', str(e.__cause__), flags=re.M)
        sys.exit('\n'.join(['a page cannot be processed', *causes[:1], str(e)]))

def summary(listed):
    "How many pages, pictures and links there are"
    if waiting := [p.path.stem for p in listed if p.waits]: print(f"not run yet: {', '.join(waiting)}")
    links = [o for p in listed for o in p.links]
    print(f'{len(listed)} pages, {sum(p.pictures for p in listed)} with pictures, {len(links)} links, '
          f'{sum("#" in o for o in links)} of them to sections')

if __name__=='__main__':
    faults = renewed('nbdev.yml', lambda p: refresh_quarto_yml())
    faults += renewed('results/explorer.html', lambda p: p.write_text(explorer(), encoding='utf-8'))
    faults += renewed('sidebar.yml', lambda p: p.write_text(sidebar(), encoding='utf-8'))
    for p in pages('.'): faults += invalid(p)
    (nbs/'llms.txt').touch()
    proc = processed()
    listed = [Page(p, proc) for p in sorted(proc.rglob('*.ipynb'))]
    targets = {p.html:p for p in listed}
    for p in listed: faults += page_faults(p, targets)
    for p in sorted(nbs.rglob('*.svg')): faults += svg_faults(p)
    faults += settings_faults(proc, listed)
    faults += renewed('llms.txt', lambda p: p.write_text(llms(listed), encoding='utf-8'))
    summary(listed)
    if faults: sys.exit('\n'.join(faults))
