"Tables of contents of the site: the sidebar, and `llms.txt` for language models"
import re

import yaml
from nbdev.config import get_config

from pages import nbs
from rooms import rooms

cfg = get_config()
site = cfg.doc_host+cfg.doc_baseurl
folders = dict(tutorials='Tutorials', explain='How it works', api='Reference', experiments='Experiments')
groups = {'Results':'0', 'Class statistics and inversion':'12', 'Protocol and speed':'34', 'Other streams':'5678'}
order = ('training', 'methods', 'data', 'models', 'study', 'widgets', 'cli', 'core')   # first what a reader came for

def listed(folder): return [p.relative_to(nbs).as_posix() for p in sorted((nbs/folder).glob('*.ipynb'))]

def room_section(room):
    "The section of a room: what lives there, then its pages"
    return dict(section=f'hcl.{room}', contents=[dict(text=rooms[room]), *listed(f'api/{room}')])

def experiments():
    "The pages of experiments in groups, by the first digit of their number; the results are a group of their own"
    pages = listed('experiments')
    return {title:[p for p in pages if p.split('/')[1][0] in digits] for title,digits in groups.items()}

def sidebar():
    "The text of `sidebar.yml`; custom_sidebar in settings.ini keeps nbdev from writing its own"
    sections = [dict(section=title, contents=listed(d)) for d,title in folders.items()]
    results,*others = [dict(section=title, contents=found) for title,found in experiments().items()]
    sections[-1]['contents'] = others
    reference = next(s for s in sections if s['section']=='Reference')
    reference['contents'] += [room_section(r) for r in order]
    explorer = dict(text='Results explorer', href=f'{site}/results/explorer.html')
    contents = [dict(text='Start here', href='index.ipynb'), results, *sections, explorer]
    made = dict(website=dict(sidebar=dict(contents=contents)))
    return yaml.dump(made, sort_keys=False, allow_unicode=True, width=120)

def first_paragraph(page):
    "What a page says first"
    parts = [o for s in page.markdown for o in s.split('\n\n')]
    return ' '.join(next(o for o in parts if re.match(r'[\w`*]', o)).split())

def llms(pages):
    "The text of `llms.txt` (llmstxt.org): every page with its address and what it holds"
    def line(p): return f"- [{p.front['title']}]({site}/{p.address}): {p.front.get('description', '')}".rstrip(': ')
    def part(title, folder):
        lines = [line(p) for p in pages if p.folder==folder]
        return ['', f'## {title}', '', *lines] if lines else []
    install = (f'Install with `pip install git+{cfg.git_url}` (`hcl` on PyPI is another project). The notebooks '
               'in `nbs/` are the source of the package `hcl/`: a subpackage for each section of the reference, '
               'a module for each page. Names are imported from the subpackage: '
               '`from hcl.training import ContinualLearner`.')
    about = first_paragraph(next(p for p in pages if p.folder=='.'))
    text = [f'# {cfg.title}', '', f'> {cfg.description}', '', about, '', install]
    for d in ('tutorials', 'explain', 'api'): text += part(folders[d], d)
    for r in order: text += part(f'hcl.{r} – {rooms[r]}', f'api/{r}')
    return '\n'.join(text+part('Optional', 'experiments'))+'\n'        # what may be left out where there is little room
