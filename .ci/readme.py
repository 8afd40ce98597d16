#!/usr/bin/env python3
"README.md from nbs/index.ipynb where there is no Quarto: nbdev's processing, then Markdown. `--check` only compares."
import re, sys, tempfile

import nbformat, yaml
from execnb.nbio import read_nb, write_nb
from nbconvert import MarkdownExporter
from nbdev.config import get_config
from nbdev.processors import FilterDefaults

from pages import nbs, pages, root

cfg = get_config()

def processed(path):
    "A notebook as nbdev hands it to Quarto"
    nb = read_nb(path)
    FilterDefaults()(nb)
    with tempfile.NamedTemporaryFile('w', suffix='.ipynb') as f:
        write_nb(nb, f.name)
        return nbformat.read(f.name, as_version=4)

def prepare(book):
    "Title and description; in the notebook, no directives and no pictures are left"
    front = next(c.source for c in book.cells if c.cell_type=='raw')
    book.metadata['language_info'] = dict(name='python')
    book.cells = [c for c in book.cells if c.cell_type!='raw' and c.source.strip()]
    for c in book.cells:
        if '#| echo: false' in c.source: c.metadata['transient'] = dict(remove_source=True)
        if c.cell_type=='code': c.source = re.sub(r'^#\|.*\n', '', c.source, flags=re.M)
        for o in c.get('outputs', []): o.get('data', {}).pop('image/png', None)
    meta = yaml.safe_load(front.strip().strip('-'))
    return f"# {meta['title']}\n\n> {meta['description']}\n\n"

def notebook_of(m):
    "A page of the site → its notebook, as GitHub shows it; `m` matches folder and name"
    found = [p for p in pages(m[1]) if p.parent==nbs/m[1] and re.sub('^[0-9]+_', '', p.stem)==m[2]]
    if not found: sys.exit(f'nbs/index.ipynb links to {m[1]}/{m[2]}.html, which does not exist')
    return f']({found[0].relative_to(root).as_posix()}'

def readme():
    "The text of README.md"
    book = processed(nbs/'index.ipynb')
    text = prepare(book)+MarkdownExporter().from_notebook_node(book)[0]
    text = re.sub(r'<!-- WARNING: .*?-->', '', text)
    text = re.sub(r'\]\((images/|llms\.txt)', r'](nbs/\1', text)
    text = re.sub(r'\]\(((?:api|tutorials|explain|experiments)(?:/\w+)*)/([\w.]+)\.html', notebook_of, text)
    text = text.replace('](results/explorer.html', f']({cfg.doc_host+cfg.doc_baseurl}/results/explorer.html')
    mark = '<!-- made from nbs/index.ipynb by .ci/readme.py: edit that -->'
    return f'{mark}\n\n'+re.sub(r'\n{3,}', '\n\n', text).strip()+'\n'

def install_faults(text):
    "Lines for installing that name another place than settings.ini does"
    named = set(re.findall(r'(?:git\+|git clone )(https://[^\s`\']+)', text))
    return [f'nbs/index.ipynb installs from {o}, not {cfg.git_url}' for o in named or ['nowhere'] if o!=cfg.git_url]

if __name__=='__main__':
    path,text = root/'README.md',readme()
    if faults := install_faults(text): sys.exit('\n'.join(faults))
    if '--check' not in sys.argv: path.write_text(text, encoding='utf-8')
    elif path.read_text(encoding='utf-8')!=text:
        sys.exit('README.md is not what nbs/index.ipynb makes: run .ci/readme.py')
