#!/usr/bin/env python3
"""Looks at every page in headless Chromium, 750 and 1200 pixels wide: `.ci/look.py [--docs _docs] [PAGE …]`.

Fails on an element that runs out of its box, a picture without alternative text or that does not load, and Markdown
that stays raw text. With `--docs`, pages as Quarto has rendered them; otherwise pandoc renders the processed notebooks
(.ci/preview.py). PAGE picks those whose address holds it. Screenshots are left in `_look/`."""
import argparse, shutil, sys
from contextlib import contextmanager
from pathlib import Path

from pages import root

widths = (750, 1200)
browsers = ('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable')

faults_js = r"""() => {
  const found = [], main = document.querySelector('main') || document.body, doc = document.documentElement;
  const kind = e => e.tagName.toLowerCase()+(typeof e.className=='string' && e.className ? '.'+e.classList[0] : '');
  const name = e => kind(e)+' '+JSON.stringify((e.alt || e.textContent || '').trim().replace(/\s+/g, ' ').slice(0, 60));
  const scrolls = e => /auto|scroll|hidden|clip/.test(getComputedStyle(e).overflowX);
  const boxed = e => { for (let p = e.parentElement; p && p!==main; p = p.parentElement) if (scrolls(p)) return true; };
  const unseen = e => e.closest('mjx-assistive-mml, .MathJax, mjx-container, math, .visually-hidden, .sr-only')
    || !e.getClientRects().length;
  if (doc.scrollWidth>doc.clientWidth+1) found.push(`the page is ${doc.scrollWidth} wide`);
  const right = main.getBoundingClientRect().right;
  for (const e of main.querySelectorAll('*')) {
    if (unseen(e) || boxed(e) || e instanceof SVGElement && e.tagName!='svg') continue;
    if (!scrolls(e) && e.clientWidth && e.scrollWidth>e.clientWidth+1) found.push(`runs out of its box: ${name(e)}`);
    else if (e.getBoundingClientRect().right>right+1) found.push(`runs out of the page: ${name(e)}`);
  }
  for (const e of main.querySelectorAll('img')) {
    if (!(e.getAttribute('alt') || '').trim()) found.push(`no alternative text: ${e.getAttribute('src').slice(0, 60)}`);
    if (e.complete && !e.naturalWidth) found.push(`does not load: ${e.getAttribute('src').slice(0, 60)}`);
  }
  for (const e of main.querySelectorAll('svg'))
    if (!e.closest('[aria-hidden=true], a, button') && !e.querySelector(':scope > title')
      && !e.getAttribute('aria-label')) found.push('a drawing without a title');
  const texts = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const s = texts.currentNode.textContent, e = texts.currentNode.parentElement;
    if (e.closest('script, style')) continue;
    const raw = s.match(/!?\[[^\]]+\]\((https?:|\.\.?\/|[\w\/.-]+\.html)[^)]*\)|^:::.*|\[!(NOTE|WARNING)\]/m);
    if (raw) found.push(`raw Markdown: ${raw[0].slice(0, 80)}`);
  }
  return [...new Set(found)];
}"""

def chromium(): return next((p for p in map(shutil.which, browsers) if p), None)

@contextmanager
def open_tab(width, online=False):
    "A page of headless Chromium; what a page needs is on the site, so nothing is loaded from elsewhere unless `online`"
    from playwright.sync_api import sync_playwright
    with sync_playwright() as p:
        browser = p.chromium.launch(executable_path=chromium())
        tab = browser.new_page(viewport=dict(width=width, height=900))
        if not online: tab.route('http*://**', lambda r: r.abort())
        yield tab
        browser.close()

def look(pages, site, shots, online=False):
    "Load pages at all widths; the faults, and how many pictures of pages were made"
    faults,n = {},0
    for w in widths:
        with open_tab(w, online) as tab:
            for page in pages:
                address = page.relative_to(site).as_posix()
                tab.goto(page.as_uri(), wait_until='load')
                for f in tab.evaluate(faults_js): faults.setdefault((address, f), []).append(w)
                path = shots/str(w)/address.replace('/', '-').replace('.html', '.png')
                path.parent.mkdir(parents=True, exist_ok=True)
                tab.screenshot(path=path, full_page=True)
                n += 1
    return faults,n

def arguments():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument('--docs', type=Path, help='a site that Quarto has rendered')
    p.add_argument('page', nargs='*', help='parts of addresses')
    return p.parse_args()

def rendered(o):
    "The folder of the site, and its pages"
    if o.docs: return o.docs.resolve(), sorted(o.docs.resolve().rglob('*.html'))
    from preview import render_all
    if not (root/'_proc').exists(): sys.exit('no _proc: run .ci/site.py first, it processes the notebooks')
    site = root/'_look'/'site'
    return site, render_all(root/'_proc', site, o.page)

if __name__=='__main__':
    o = arguments()
    if not chromium(): sys.exit(f"no browser: one of {', '.join(browsers)} is needed")
    site,pages = rendered(o)
    pages = [p for p in pages if not o.page or any(s in p.relative_to(site).as_posix() for s in o.page)]
    faults,n = look(pages, site, root/'_look', online=bool(o.docs))
    for (address,f),ws in faults.items(): print(f"{address}, {' and '.join(map(str, ws))} px: {f}")
    print(f'{len(pages)} pages looked at in {n} screenshots, {len(faults)} faults')
    if faults or not pages: sys.exit(1)
