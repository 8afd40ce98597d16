#!/usr/bin/env python3
"README.md from nbs/index.ipynb where there is no Quarto: nbdev's processing, then Markdown. `--check` only compares."
import re, sys, tempfile
from pathlib import Path

import nbformat, yaml
from execnb.nbio import read_nb, write_nb
from nbconvert import MarkdownExporter
from nbdev.config import get_config
from nbdev.processors import FilterDefaults

root = get_config().config_path
nb = read_nb(root/'nbs'/'index.ipynb')
FilterDefaults()(nb)
with tempfile.NamedTemporaryFile('w', suffix='.ipynb') as f:
    write_nb(nb, f.name)
    book = nbformat.read(f.name, as_version=4)
front = next(c.source for c in book.cells if c.cell_type=='raw')
meta = yaml.safe_load(front.strip().strip('-'))
book.metadata['language_info'] = dict(name='python')
book.cells = [c for c in book.cells if c.cell_type!='raw' and c.source.strip()]
for c in book.cells:                                                        # no directives; of an output the text, not the picture
    if '#| echo: false' in c.source: c.metadata['transient'] = dict(remove_source=True)
    if c.cell_type=='code': c.source = re.sub(r'^#\|.*\n', '', c.source, flags=re.M)
    for o in c.get('outputs', []): o.get('data', {}).pop('image/png', None)
text = f"# {meta['title']}\n\n> {meta['description']}\n\n" + MarkdownExporter().from_notebook_node(book)[0]

def to_notebook(m): # A page of the site → its notebook, as GitHub shows it
    return f']({next(p for p in (root/"nbs"/m[1]).glob("*.ipynb") if re.sub("^[0-9]+_", "", p.stem)==m[2]).relative_to(root).as_posix()}'
text = re.sub(r'<!-- WARNING: .*?-->', '', text)
text = re.sub(r'\]\((api|tutorials|explain|experiments)/([\w.]+)\.html', to_notebook, re.sub(r'\]\((images/|llms\.txt)', r'](nbs/\1', text))
text = '<!-- made from nbs/index.ipynb by .ci/readme.py: edit that -->\n\n' + re.sub(r'\n{3,}', '\n\n', text).strip() + '\n'

readme = root/'README.md'
if '--check' not in sys.argv: readme.write_text(text, encoding='utf-8')
elif readme.read_text(encoding='utf-8')!=text: sys.exit('README.md is not what nbs/index.ipynb makes: run .ci/readme.py')
