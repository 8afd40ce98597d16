#!/usr/bin/env python3
"""Tries drawn input at every entry point, and damaged files: `.ci/properties.py [--short] [--seed N] [WORD …]`.

hypothesis draws the arguments of commands and functions, and the places at which files are damaged. Every attempt may
end in a result or in one line (`HclError`, or a command that exits with one). Anything else, a hang, damage that is
not noticed, or a file changed outside the output is a failure; the smallest such input is printed. The draw is always
the same unless a seed is given. `--short` takes a fraction of it; words choose properties."""
import argparse, io, os, resource, signal, sys, tempfile, time, warnings
from collections import Counter
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

os.environ.update(OMP_NUM_THREADS='1', MPLBACKEND='agg', CUDA_VISIBLE_DEVICES='', PYTHONWARNINGS='ignore',
                  http_proxy='http://localhost:9', https_proxy='http://localhost:9')     # nothing is downloaded
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
warnings.simplefilter('ignore')
import numpy as np, torch
from hypothesis import HealthCheck, Phase, given, settings, seed as with_seed, strategies as st
from PIL import Image
from hcl.all import *
import hcl.cli, hcl.core, hcl.data, hcl.study, hcl.training, hcl.training.upgrading
from hcl.core import shown
torch.set_num_threads(1)
resource.setrlimit(resource.RLIMIT_AS, (16*2**30,)*2)             # what asks for more is told so

# ---- values that nobody should give
numbers = st.one_of(st.integers(-2, 40), st.sampled_from([2**31, 2**63, 2**64, -2**63, 10**400]),
                    st.floats(), st.sampled_from([0., 1., .5, 2., np.float64(1), np.int64(3), True, False]))
texts = st.one_of(st.text(st.characters(), max_size=6), st.sampled_from(['', ' ', ',', '@', '{}', '[1]', '-1', 'nan',
    'a\0b', 'caf\udce9', 'x'*300, '~nouser', '../mine/notes.txt', '../mine/images', '../mine', '1e400', 'lenet@0.5',
    'digits', 'kd', 'kd+lda', '+', 'lda', 'cpu', 'cuda:7', 'meta', 'timm/', '--', '=']))
things = st.sampled_from([None, object(), print, int, len, torch.zeros(2), torch.zeros(2, dtype=torch.int64),
                          np.zeros(3), torch.nn.Linear(3,3), Path('x'), Exception])
odd = st.recursive(st.one_of(numbers, texts, things, st.binary(max_size=3)),
                   lambda o: st.one_of(st.lists(o, max_size=3), st.dictionaries(texts, o, max_size=2)), max_leaves=3)

def like(v):
    "Values of the same type as a usual one"
    if isinstance(v, bool): return st.booleans()
    if isinstance(v, (int,float)): return st.one_of(st.integers(-1, 300), st.floats(0, 2), numbers)
    if isinstance(v, str): return texts
    if isinstance(v, torch.Tensor): return st.sampled_from([v[:3], v[:0], v.float(), v.flatten(), v+1, v[...,:1]])
    if isinstance(v, (list,tuple)): return st.lists(st.one_of(st.sampled_from(list(v)), odd), max_size=len(v)+1)
    if isinstance(v, dict):
        return st.dictionaries(st.sampled_from([*v, 'x', '']), odd, max_size=2).map(lambda d: {**v, **d})
    return st.one_of(numbers, texts)

@st.composite
def arguments(draw, **usual):
    "The usual arguments, with up to two of them replaced"
    names = draw(st.lists(st.sampled_from(sorted(usual)), max_size=2, unique=True))
    return {**usual, **{n:draw(st.one_of(like(usual[n]), odd)) for n in names}}

@st.composite
def lines(draw, options, usual):
    "The arguments of a command: usual ones, then up to three drawn"
    chosen = draw(st.lists(st.sampled_from(options), max_size=3))
    values = [draw(st.one_of(texts, numbers.map(shown))) for _ in chosen]
    return [*usual, *(o for pair in zip(chosen, values) for o in pair)]

@st.composite
def damages(draw):
    "A function of bytes that flips, cuts, overwrites or swaps some"
    kind,places = draw(st.sampled_from(['flip','cut','overwrite','insert','swap'])),st.floats(0,1)
    at,to = draw(places),draw(places)
    bits,more = draw(st.integers(1,255)),draw(st.binary(min_size=1, max_size=8))
    def damage(data):
        i,j = (min(int(o*len(data)), len(data)-1) for o in (at,to))
        if kind=='flip': return data[:i]+bytes([data[i]^bits])+data[i+1:]
        if kind=='cut': return data[:i]
        if kind=='overwrite': return data[:i]+more+data[i+len(more):]
        if kind=='insert': return data[:i]+more+data[i:]
        i,j = sorted((i,j))
        return data[j:]+data[i:j]+data[:i]
    damage.__name__ = f'{kind} at {at}, {to}, {bits}, {more}'
    return damage

# ---- one attempt
class Hang(BaseException): "An attempt takes too long"
class Failure(Exception): "An attempt ends as it must not"

def contents(d):
    return {str(p):(p.lstat().st_mode, p.read_bytes() if p.is_file() else b'') for p in sorted(d.rglob('*'))}

def attempt(f, space, before):
    "Run in `space/work`: 'result' or 'line'; raises `Failure` otherwise"
    def late(*args): raise Hang('more than 20 s')
    signal.signal(signal.SIGALRM, late)
    signal.alarm(20)
    err = io.StringIO()
    try:
        with redirect_stdout(io.StringIO()), redirect_stderr(err): f()
        how,text = 'result','a line'
    except Failure: raise
    except HclError as e: how,text = 'line',str(e)
    except SystemExit as e: how,text = ('line',err.getvalue()) if e.code else ('result','a line')
    except KeyboardInterrupt: raise
    except BaseException as e: raise Failure(f'{type(e).__name__}: {e}') from e
    finally:
        signal.alarm(0)
        os.chdir(space/'work')
    if len(text.strip().splitlines())!=1: raise Failure(f'no single line: {text!r}')
    if contents(space/'mine')!=before or {p.name for p in space.iterdir()}!={'mine','work'}:
        raise Failure('a file was touched outside the output')
    return how

# ---- properties
properties = []
def prop(n, **drawn): # so many examples
    def add(f):
        properties.append((f, n, drawn))
        return f
    return add

stream,images = toy_stream(),hcl.data.toy_images(10, n=4)
class Learned(ContinualLearner):
    "Finds the same in no time"
    def fit(self):
        n = len(self.stream)
        a = np.tril(np.full((n,n), .5))+np.triu(np.full((n,n), np.nan), 1)
        names = self.stream.arch_names
        return hcl.training.Result('toy', 'kd', self.seed, names, [['a']]*n, a, a, device='cpu')
ends_at_once = dict(run=0)

run_options = [f'--{o}' for o in ('benchmark method compare data n_tasks archs epochs lr bs n_train n_test size set '
    'buffer_size protocol precision seed class_seed device out log nonsense').split()]
quick = '--n_train 4 --n_test 2 --epochs 1 --device cpu'.split()
def command(main, argv): getattr(hcl.cli, main)([str(o) for o in argv])

@prop(120, argv=lines(run_options, [*quick, '--quiet', '--archs', 'lenet']))
def hcl_run(argv): command('main', argv)

grid_options = [f'--{o}' for o in ('benchmark methods seeds archs data n_train n_test size set epochs protocol device '
    'out n_jobs engine address log nonsense').split() if o not in ('address',)]
@prop(60, argv=lines([o for o in grid_options if o!='--n_jobs'], [*quick, '--archs', 'lenet', '--seeds', '1']))
def hcl_grid(argv):
    if '--engine' in argv and 'dask' in argv: return
    command('main_grid', argv)

@prop(40, argv=lines(['--out', '--value', '--baseline', '--code_version'], ['--out', '../mine/runs']))
def hcl_report(argv): command('main_report', argv)

@prop(30, argv=lines(['--table', '--add'], []))
def hcl_results(argv): command('main_results', argv)

@prop(100, kw=arguments(name='split_digits', data=images, arch='lenet', seed=0, valid=0., n_train=4, n_test=2,
                        archs=None, n_tasks=2, size=16))
def a_benchmark(kw): Learned(benchmark(**kw), device='cpu', progress=False)

@prop(60, kw=arguments(name='../mine/images', root=None, size=8))
def load(kw): load_images(**kw)

@prop(60, kw=arguments(train_x=images.train_x, train_y=images.train_y, test_x=images.test_x, test_y=images.test_y,
                       classes=images.classes, name='x'))
def an_image_set(kw): Learned(Stream(split_tasks(Images(**kw), 5), 'lenet'), device='cpu', progress=False)

@prop(40, kw=arguments(images=images, n_tasks=5, groups=None, seed=0, valid=0.))
def tasks(kw): split_tasks(**kw)

@prop(100, kw=arguments(tasks=stream.tasks, archs=stream.archs, classes=stream.classes, name='x', flip=False, pad=0,
                        color=False, epochs=1, lr=.05, bs=8, data='x', checksum=''))
def a_stream(kw): Learned(Stream(**kw), 'kd', device='cpu', progress=False).fit()

@prop(100, kw=arguments(arch='lenet@0.5', n_out=4, size=32, width=1.))
def a_model(kw): create_model(**kw)

@prop(80, kw=arguments(epochs=1, lr=.05, bs=8, smoothing=.1, schedule='one_cycle', optimizer='sgd', augmentation=None,
                       precision=None, compile=False, renew=True))
def training(kw): ContinualLearner(stream, 'finetune', Training(**kw), device='cpu', progress=False)

@prop(100, kw=arguments(stream=stream, method='kd', training=dict(epochs=1), cbs=None, seed=0, device='cpu',
                        valid=False, progress=False))
def a_learner(kw): Learned(**kw).fit()

@prop(40, name=st.sampled_from(sorted(hcl.methods.list_methods())), data=st.data())
def a_method(name, data):
    has = hcl.methods.method_settings(name)
    if has: create_method(name, **{data.draw(st.sampled_from(has)):data.draw(odd)})

@prop(80, kw=arguments(benchmarks='split_digits', methods=['kd'], seeds=1, streams={'':dict(data='digits', n_tasks=1)},
                       training='default', valid=False, device='cpu', forward_transfer=False))
def a_grid(kw): [j.name for j in hcl.study.grid(**kw)]

job = dict(benchmark='split_digits', method='kd', seed=0, stream=dict(n_tasks=1, n_train=2, n_test=1, arch='lenet'),
           training=dict(epochs=1), device='cpu')
@prop(60, kw=arguments(jobs=[hcl.study.Job(**job)], store='runs', n_jobs=1, threads=None, guard=False, log=None,
                       engine='local', address=None, table=None))
def a_run_grid(kw): hcl.study.run_grid(**kw)

@prop(40, kw=arguments(**job, label='x', method_args={}, stream_label='', valid=False, forward_transfer=False))
def a_job(kw): hcl.study.run_grid([hcl.study.Job(**kw)], 'runs')

old = hcl.training.OldNetwork.of(hcl.data.tiny_mlp(2), classes=['green','red'])
def upgraded(kw, made=[]): # fastai's loaders are made once
    if not made:
        hcl.training.upgrading.train_with = lambda *args: 0.           # the upgrade does not train
        made.append(hcl.data.folder_dls(hcl.data.color_folder('new', ['blue','yellow'], n=4, size=8), bs=4))
    return upgrade(**{**kw, 'dls':made[0] if kw['dls']=='usual' else kw['dls']})
@prop(60, kw=arguments(old=old, dls='usual', arch=hcl.data.tiny_mlp, method='kd', training=dict(epochs=1),
                       exemplars=None, test=None, cbs=None, seed=0, progress=False))
def an_upgrade(kw): upgraded(kw)

@prop(40, kw=arguments(old=hcl.data.tiny_mlp(2), classes=['a','b'], norm=None, size=8, trust=False))
def an_old_network(kw): hcl.training.OldNetwork.of(**kw)

# ---- files
state = dict(a=torch.arange(9), b=[1, 'x', None], c=dict(d=.5))
def same(a, b): return repr(a)==repr(b)
def must(ok, what):
    if not ok: raise Failure(what)

def damaged(path, damage):
    path = Path(path)
    data = path.read_bytes()
    new = damage(data)
    path.write_bytes(new)
    return new!=data

@prop(120, damage=damages())
def a_checkpoint(damage):
    hcl.core.save_checkpoint(state, 'run.ckpt')
    try:
        damaged('run.ckpt', damage)
        must(same(hcl.core.read_checkpoint('run.ckpt'), state), 'another checkpoint is read')
    finally: Path('run.ckpt').unlink()

@prop(60, content=odd, key=st.booleans())
def a_sealed_checkpoint(content, key):
    for p in Path().glob('other.ckpt*'): p.unlink()
    if key: content = dict(key=content, records=content, accuracy=content, untrained=content, model=content,
                           fit=content, callbacks=content)
    try: hcl.core.save_checkpoint(content, 'other.ckpt')
    except Exception: return                                       # it cannot be pickled
    ContinualLearner(stream, 'finetune', dict(epochs=1), device='cpu', progress=False,
                     cbs=Checkpoint('other.ckpt')).fit()

def saved(name): # a run in a folder of its own
    if not Path(name).exists():
        learner = ContinualLearner(stream, 'finetune', dict(epochs=1), device='cpu', progress=False)
        hcl.training.save_run(learner.fit(), name, learner.model)
    return Path(name)

def same_table(a, b):
    def plain(df): return df.drop(columns='matrices').to_json(),[m.class_il.tolist() for m in df.matrices]
    return repr(plain(a))==repr(plain(b))

def restored(path, damage, f, check):
    "Call `f` with a damaged file, and put the file right"
    data = path.read_bytes()
    right = f()
    try:
        changed = damaged(path, damage)
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter('always')
            found = f()
        must(not changed or said or check(found, right), 'damage is not noticed')
    finally: path.write_bytes(data)

@prop(120, damage=damages())
def a_result(damage):
    out = saved('run')
    restored(out/'results.json', damage, lambda: load_run(out), lambda a,b: same(a.to_dict(), b.to_dict()))

@prop(80, damage=damages())
def weights(damage):
    out = saved('conv')
    def network(): return hcl.core.fingerprint(hcl.training.load_network(out, named))
    named = Stream(stream.tasks, 'lenet@0.25')
    if not (out/'lenet').exists():
        learner = ContinualLearner(named, 'finetune', dict(epochs=1), device='cpu', progress=False)
        hcl.training.save_run(learner.fit(), out/'lenet', learner.model)
    out = out/'lenet'
    restored(out/'model.pth', damage, network, lambda a,b: a==b)

def store(): # of two results
    jobs = [hcl.study.Job(**{**job, 'seed':i}) for i in (0,1)]
    hcl.study.run_grid(jobs, 'store')
    return jobs,Path('store')

@prop(60, i=st.integers(0,1), name=st.sampled_from(['results.json','job.json','SHA256SUMS','curves.png']),
      damage=damages())
def a_store(i, name, damage):
    jobs,path = store()
    restored(path/jobs[i].name/name, damage, lambda: results('store', version=None), same_table)

@prop(12, i=st.integers(0,1), name=st.sampled_from(['results.json','job.json','SHA256SUMS']), damage=damages())
def a_store_again(i, name, damage):
    jobs,path = store()
    damaged(path/jobs[i].name/name, damage)
    hcl.study.run_grid(jobs, 'store')
    must(len(results('store'))==2, 'the grid does not run it again')

@prop(80, damage=damages())
def a_table(damage):
    table = Path('runs.csv')
    if not table.exists():
        store()
        hcl.study.write_table(hcl.study.load_runs('store'), table)
    restored(table, damage, lambda: results(table), same_table)

@prop(60, damage=damages())
def a_cache(damage):
    for p in Path('cache').glob('*'): p.unlink()                   # of another size, too
    right = load_images('../mine/images').train_x
    path, = Path('cache').glob('images-*.cache')
    damaged(path, damage)
    must(torch.equal(load_images('../mine/images').train_x, right), 'other images are used')

@prop(80, damage=damages(), suffix=st.sampled_from(['png','jpg']))
def an_image(damage, suffix):
    for part in ('train','test'):
        for c in 'ab':
            d = Path('damaged')/part/c
            d.mkdir(parents=True, exist_ok=True)
            for p in d.iterdir(): p.unlink()
            Image.new('RGB', (8,8), 'red').save(d/f'0.{suffix}')
    damaged(f'damaged/train/a/0.{suffix}', damage)
    load_images('damaged')

# ---- the user's files, and the table
def user_files(d):
    d.mkdir()
    for part in ('train','test'):
        for i,c in enumerate('ab'):
            (d/'images'/part/c).mkdir(parents=True)
            for j in range(2): Image.new('RGB', (16,16), (90*i,40*j,9)).save(d/'images'/part/c/f'{j}.png')
    (d/'notes.txt').write_text('mine')

def try_property(f, n, drawn, seed, counts, space, before):
    "Draw `n` examples; returns what failed first and is smallest, or None"
    phases,tried = (Phase.generate, Phase.shrink),[]
    @settings(max_examples=n, derandomize=seed is None, database=None, deadline=None, phases=phases, print_blob=False,
              report_multiple_bugs=False, suppress_health_check=list(HealthCheck))
    @given(**drawn)
    def test(**kw):
        try: counts.update([attempt(lambda: f(**kw), space, before)])
        except Failure as e:                                       # the last one is the smallest
            drawn = kw.get('kw', kw)
            tried[:] = [f'{k}={shown(v)}' for k,v in drawn.items()]
            raise
    if seed is not None: test = with_seed(seed)(test)
    said = io.StringIO()
    try:
        with redirect_stdout(said): test()
    except Failure as e: return '\n'.join([shown(str(e), 300), *tried])

def main():
    p = argparse.ArgumentParser(description=__doc__.partition('\n')[0])
    p.add_argument('--short', action='store_true')
    p.add_argument('--seed', type=int)
    p.add_argument('words', nargs='*')
    o,start,failed,total = p.parse_args(),time.monotonic(),[],Counter()
    hcl.study.jobs.ContinualLearner = hcl.training.ContinualLearner = Learned     # the commands do not train
    with tempfile.TemporaryDirectory(prefix='properties-') as t:
        space = Path(t)
        user_files(space/'mine')
        (space/'work').mkdir()
        os.chdir(space/'work')
        os.environ['HCL_CACHE'] = str(space/'work/cache')
        before = contents(space/'mine')
        for f,n,drawn in properties:
            if o.words and not any(w in f.__name__ for w in o.words): continue
            counts,began = Counter(),time.monotonic()
            fault = try_property(f, max(3, n//16) if o.short else n, drawn, o.seed, counts, space, before)
            total.update(counts)
            print(f"{f.__name__:20} {counts['result']:4} results {counts['line']:4} lines "
                  f"{time.monotonic()-began:6.1f} s{'   FAILED' if fault else ''}", flush=True)
            if fault:
                failed.append(f.__name__)
                print('\n'.join(f'    {l}' for l in fault.splitlines()).encode('ascii', 'backslashreplace').decode())
    print(f"{sum(total.values())} examples of {len(properties)} properties: {total['result']} results, {total['line']} "
          f'one-line errors, {len(failed)} properties failed; {time.monotonic()-start:.0f} s')
    return bool(failed)

if __name__=='__main__': sys.exit(main())
