#!/usr/bin/env python3
"""Pictures that pages show beside their text, taken from the outputs of the pages that draw them.

Run it after one of these pages was executed again. `--check` only compares, and fails if a picture is another one."""
import base64, json, sys

from pages import nbs

sources = {                                                        # file in nbs/images → page, and its which picture
    'results.png': ('experiments/05_results.ipynb', 0),
    'stream.png': ('experiments/08_images.ipynb', 0),
    'synthetic.png': ('tutorials/20_gallery.ipynb', 0),
    'upgrade.png': ('tutorials/09_upgrade.ipynb', 0)}

def drawn(page):
    "The PNG pictures among the outputs of a page"
    nb = json.loads((nbs/page).read_text(encoding='utf-8'))
    outputs = [o for c in nb['cells'] if c['cell_type']=='code' for o in c['outputs']]
    found = [o['data']['image/png'] for o in outputs if 'image/png' in o.get('data', {})]
    return [base64.b64decode(''.join(o)) for o in found]

if __name__=='__main__':
    faults = []
    for name,(page,i) in sources.items():
        path,picture = nbs/'images'/name,drawn(page)[i]
        if '--check' not in sys.argv: path.write_bytes(picture)
        elif not path.exists() or path.read_bytes()!=picture: faults.append(f'nbs/images/{name} is not that of {page}')
    if faults: sys.exit('\n'.join([*faults, 'run .ci/pictures.py']))
