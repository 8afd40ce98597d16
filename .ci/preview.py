"""Pages as HTML where there is no Quarto: what nbdev hands to Quarto, through pandoc, with the site's own style sheet
and filter. It makes the Markdown that Quarto makes of a notebook: a `.cell` with its code and its outputs."""
import base64, re, shutil
from pathlib import Path

import pypandoc
from execnb.nbio import read_nb

from rendered import Page, joined

here = Path(__file__).resolve().parent
pictures = {'image/png':'png', 'image/jpeg':'jpg', 'image/svg+xml':'svg'}

def options(source):
    "Cell options, `#| name: value`, and the source without them"
    opts = dict(re.findall(r'^#\| *([\w-]+): *(.*?) *$', source, flags=re.M))
    return opts, re.sub(r'^#\|.*\n?', '', source, flags=re.M).strip('\n')

def fence(text): return '`'*max(3, 1+max((len(o) for o in re.findall('`+', text)), default=0))
def block(text, attrs): return f'{(f := fence(text))} {{{attrs}}}\n{text}\n{f}\n'

def picture(o, folder, name, alt):
    "Write a picture, and the Markdown that shows it"
    data = o['data']
    kind = next(k for k in pictures if k in data)
    path = folder/f'{name}.{pictures[kind]}'
    content = joined(data[kind])
    path.write_bytes(content.encode() if kind.endswith('xml') else base64.b64decode(content))
    width = (o.get('metadata', {}).get(kind) or {}).get('width')
    size = f' width={width}' if width else ''
    return f'![]({folder.name}/{path.name}){{fig-alt="{alt}"{size}}}\n'

def output(o, folder, name, alt):
    "The Markdown of one output of a cell"
    data = o.get('data', {})
    if 'text' in o: kind,text = 'stdout',block(joined(o['text']).rstrip('\n'), '')
    elif set(data)&set(pictures): kind,text = 'display',picture(o, folder, name, alt)
    elif 'text/markdown' in data: kind,text = 'display',joined(data['text/markdown'])
    elif 'text/html' in data: kind,text = 'display',block(joined(data['text/html']), '=html')
    else: kind,text = 'display',block(joined(data.get('text/plain', '')), '')
    return f'::::: {{.cell-output .cell-output-{kind}}}\n{text}\n:::::\n'

def code_cell(c, folder, name):
    "The Markdown of a code cell"
    opts,source = options(c.source)
    if opts.get('include')=='false': return ''
    alt = opts.get('fig-alt', '').strip('"')
    outs = [output(o, folder, f'{name}-{i}', alt) for i,o in enumerate(c.get('outputs', []))]
    code = '' if opts.get('echo')=='false' or not source else block(source, '.python .cell-code')
    if opts.get('code-fold')=='true':
        code = f"<details><summary>{opts.get('code-summary', 'Code').strip(chr(34))}</summary>\n\n{code}\n</details>\n"
    if opts.get('output')=='asis': outs = [re.sub('^:::::.*$', '', o, flags=re.M) for o in outs]
    return ':::::: {.cell}\n'+code+'\n'+'\n'.join(outs)+'\n::::::\n'

def markdown(page, files):
    "A processed notebook as Quarto's Markdown; its pictures go into `files`"
    files.mkdir(parents=True, exist_ok=True)
    parts = []
    for i,c in enumerate(read_nb(page.path).cells):
        if c.cell_type=='markdown': parts.append(c.source)
        elif c.cell_type=='code': parts.append(code_cell(c, files, f'cell-{i}'))
    text = re.sub(r'\\tag\{(\d+)\}', r'\\qquad (\1)', '\n\n'.join(parts))     # which pandoc's MathML does not know
    return re.sub(r'(!\[([^\]]*)\]\([^)]*\))(?!\{)', r'\1{fig-alt="\2"}', text)

def render(page, out):
    "Write one page as HTML, and return its path"
    target = out/page.address
    target.parent.mkdir(parents=True, exist_ok=True)
    text = markdown(page, target.parent/f'{target.stem}_files')
    depth = '../'*page.address.count('/')
    meta = dict(pagetitle=page.front.get('title', ''), description=page.front.get('description', ''), page=page.name,
                top=depth or './')
    extra = [f'--metadata={k}:{v}' for k,v in meta.items()]
    extra += [f'--lua-filter={page.root/"site.lua"}', f'--lua-filter={here/"preview.lua"}', '--mathml',
              f'--template={here/"preview.html"}', '--wrap=none']
    html = pypandoc.convert_text(text, 'html5', format='markdown-implicit_figures+lists_without_preceding_blankline',
                                 extra_args=extra)
    target.write_text(html, encoding='utf-8')
    return target

def render_all(proc, out, only=()):
    "Processed pages as HTML in `out`, with styles and pictures beside them; `only` those whose address holds a text"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    for name in ('images', 'results', 'data'):
        if (proc/name).exists(): shutil.copytree(proc/name, out/name)
    shutil.copy(proc/'styles.css', out)
    pages = [out/o for o in ('results/explorer.html',) if (out/o).exists()]
    listed = [Page(p, proc) for p in sorted(proc.rglob('*.ipynb'))]
    return pages+[render(p, out) for p in listed if not only or any(o in p.address for o in only)]
