"A page as nbdev hands it to Quarto: its address, links, anchors and results, and what got lost on the way"
import re
from pathlib import Path

import yaml
from execnb.nbio import read_nb

from pages import cells, directives, is_exported, nbs

def no_fences(s): return re.sub(r'(?s)```.*?```', '', s)
def no_code(s): return re.sub(r'`[^`\n]*`', '', no_fences(s))
def joined(s): return s if isinstance(s, str) else ''.join(s)
def outputs(nb): return [o for c in nb.cells if c.cell_type=='code' for o in c.get('outputs', [])]

def slug(heading):
    "The anchor of a heading, as Pandoc makes it"
    s = re.sub(r'!?\[([^\]]*)\]\([^)]*\)', r'\1', heading)
    s = re.sub(r'[^\w\s.-]', '', s.replace('`', '').replace('*', '')).strip().lower()
    return re.sub(r'^[^a-z]+', '', re.sub(r'\s+', '-', s)) or 'section'

def heading_anchors(texts):
    "The anchors of all headings; one that is there twice gets a number"
    seen,anchors = {},set()
    for s in texts:
        for heading,own in re.findall(r'^#+ +(.*?)(?: *\{#([\w.-]+)[^}]*\})? *$', no_fences(s), flags=re.M):
            a = own or slug(heading)
            n = seen[a] = seen.get(a, -1)+1
            anchors.add(f'{a}-{n}' if n else a)
    return anchors

def front_matter(nb):
    "Title, description and settings of a page"
    fronts = [c.source for c in nb.cells if c.cell_type=='raw' and c.source.startswith('---')]
    return yaml.safe_load(fronts[0].strip().strip('-')) if fronts else {}

class Page:
    "A processed notebook"
    def __init__(self, path, root):
        nb = read_nb(path)
        self.path,self.root,self.front = path,root,front_matter(nb)
        self.name = path.relative_to(root).as_posix()
        self.source = nbs/self.name
        self.html = path.parent/self.front.get('output-file', path.with_suffix('.html').name)
        self.address = self.html.relative_to(root).as_posix()
        self.markdown = [c.source for c in nb.cells if c.cell_type=='markdown']
        self._read_links([o.get('data', {}) for o in outputs(nb)])
        self._read_results()

    def _read_links(self, data):
        "Where links lead, and what can be linked to"
        md = self.markdown + [joined(d['text/markdown']) for d in data if 'text/markdown' in d]
        html = [joined(d['text/html']) for d in data if 'text/html' in d] + md
        self.links = [o for s in md for o in re.findall(r'\]\(([^)\s]+)\)', no_code(s))]
        self.links += [o for s in html for o in re.findall(r'(?:href|src)="([^"]+)"', no_code(s))]
        self.anchors = heading_anchors(md) | {o for s in html for o in re.findall(r'\bid="([^"]+)"', s)}
        inner = r'\[[^][]*(?<!!)\[[^][]*\]\([^)]*\)[^][]*\]\([^)]*\)'   # nbdev links a name in a link's text
        self.nested = [m for s in md for m in re.findall(inner, no_fences(s))]

    def _read_results(self):
        "What the page shows of its own: from the notebook as written, without what nbdev has put in"
        nb = read_nb(self.source)
        nb.cells = [c for c in nb.cells if not (is_exported(c.source) or 'hide' in directives(c.source))]
        outs = outputs(nb)
        drawn = any('![' in no_code(s) or '```mermaid' in s or '```{mermaid' in s for s in self.markdown)
        self.pictures = drawn or any(k.startswith('image/') for o in outs for k in o.get('data', {}))
        self.results = bool(outs) or self.pictures
        self.waits = bool(self.front.get('skip_exec')) and not outs    # for a machine that can run it

    @property
    def folder(self):
        "Where the page stands, as `api/core`; the front page in `.`"
        return Path(self.name).parent.as_posix()

def plain(s):
    "Text without links (nbdev puts them around names) and with single spaces"
    return ' '.join(re.sub(r'\[([^][]*)\]\([^)\s]*\)', r'\1', s).split())

def paragraphs(path):
    "The paragraphs of a notebook that its page must show: without title, description and directives"
    texts = [s for kind,s in cells(path) if kind=='markdown']
    if texts and cells(path)[0][0]=='markdown':
        texts[0] = re.sub(r'\A\s*# .*\n*', '', texts[0])
        texts[0] = re.sub(r'\A> .*\n*(- [\w-]+:.*\n*)*', '', texts[0])
    texts = [s for s in texts if not re.fullmatch(r'#+ [^\n]+ -', s.strip())]      # nbdev leaves out such headings
    parts = [o for s in texts for o in re.split(r'\n\s*\n', re.sub(r'^#\|.*\n?', '', s, flags=re.M))]
    return [o.strip() for o in parts if o.strip()]

def lost_paragraphs(page):
    "The paragraphs of a notebook that do not occur in its page"
    shown = plain('\n\n'.join(page.markdown))
    return [o for o in paragraphs(page.source) if plain(o) not in shown]
