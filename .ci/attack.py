#!/usr/bin/env python3
"""Tries bad input, damaged files, full disks and kills: `.ci/attack.py [WORD …] [--table FILE]` (cases with a word).

Every attempt is a process of its own in a temporary folder, with files of a user's in it. It may end in a result or in
one line. A traceback, a hang, bad input that is taken in silence, or a file touched outside the output is a failure.
`--table` writes a JSON file: what an attack on the first release found, and what is found now."""
import io, json, os, random, re, resource, shutil, signal, subprocess, sys, tempfile, time, warnings
from collections import Counter
from contextlib import redirect_stdout
from pathlib import Path

os.environ.update(OMP_NUM_THREADS='1', MPLBACKEND='agg', CUDA_VISIBLE_DEVICES='', PYTHONWARNINGS='ignore',
                  http_proxy='http://localhost:9', https_proxy='http://localhost:9')     # nothing is downloaded
sys.path.insert(0, os.environ.get('HCL_ATTACK') or str(Path(__file__).resolve().parent.parent))      # or another copy
warnings.simplefilter('ignore')
import numpy as np, torch
from PIL import Image
from hcl.all import *
import hcl.cli, hcl.core, hcl.data, hcl.models, hcl.study, hcl.training
import sklearn.datasets, torchvision, sklearn.model_selection, matplotlib.backends.backend_agg, filelock, joblib
torch.set_num_threads(1)

cases = []
def case(point, what, f, expect='line', seconds=30): cases.append((point, what, f, expect, seconds))

# ---- the user's files, and one attempt
def save_image(x, p): Image.fromarray(x).save(p)

def images(d, classes='abcd', n=3, size=16):
    "A small image folder"
    for part in ('train', 'test'):
        for i,c in enumerate(classes):
            (d/part/c).mkdir(parents=True)
            for j in range(n):
                x = np.random.default_rng([i,j]).integers(0, 60, (size,size,3))+40*i
                save_image(x.astype(np.uint8), d/part/c/f'{j}.png')
    return d

def user_files(d):
    (d/'mine/other').mkdir(parents=True)
    images(d/'mine/images')
    for n in ('notes.txt', 'archive.zip', 'afile', 'tiny-imagenet-200.zip', 'other/checkpoint', 'other/model.pth'):
        (d/'mine'/n).write_text('mine')

def contents(d):
    def one(p):
        st = p.lstat()
        return st.st_mode, st.st_ino, p.read_bytes() if p.is_file() and not p.is_symlink() else b''
    return {str(p):one(p) for p in sorted(d.rglob('*'))}

def child(f, d, report):
    "Run an attempt, write down how it ended, and end the process"
    os.chdir(d)
    sys.stdout,sys.stderr = open(os.devnull, 'w'),io.StringIO()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    try: kind,text = 'result',str(f(d))
    except HclError as e: kind,text = 'line',str(e)
    except SystemExit as e: kind,text = ('line' if e.code else 'result'),sys.stderr.getvalue().strip()
    except BaseException as e: kind,text = 'traceback',f'{type(e).__name__}: {e}'
    if kind=='line' and len(text.splitlines())!=1: kind = 'traceback'
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss-before)/1024
    if grown>500: kind,text = 'traceback',f'{grown:.0f} MiB of memory'
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,)*2)
    report.write_text(json.dumps([kind, text[:300]]))
    os._exit(0)

def ended(pid, seconds):
    "Wait for a process; None if it hangs"
    end = time.monotonic()+seconds
    while time.monotonic()<end:
        if os.waitpid(pid, os.WNOHANG)[0]: return True
        time.sleep(.005)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)

def attempt(f, seconds):
    "How an attempt ends, its text, and whether a file of the user's was touched"
    with tempfile.TemporaryDirectory(prefix='attack-') as t, tempfile.TemporaryDirectory(prefix='attack-') as r:
        d,report = Path(t),Path(r)/'report'
        os.environ['HCL_CACHE'] = str(d/'cache')
        user_files(d)
        before,pid = contents(d/'mine'),os.fork()
        if not pid:
            try: child(f, d, report)
            finally: os._exit(1)
        if not ended(pid, seconds): kind,text = 'hang',f'more than {seconds} s'
        else: kind,text = json.loads(report.read_text()) if report.exists() else ('traceback', 'it died')
        return kind,text.replace(t, '…'),contents(d/'mine')!=before

# ---- what is tried
quick = '--archs lenet --n_train 4 --n_test 2 --epochs 1 --device cpu --quiet'
def command(main, line):
    def f(d): return getattr(hcl.cli, main)(line if isinstance(line, list) else line.replace('%', f'{d}/').split())
    return f
def run(line): return command('main', f'{quick} {line}')
def grid_of(line): return command('main_grid',
    f'--archs lenet --n_train 4 --n_test 2 --epochs 1 --device cpu --out %out {line}')

# 1: the user's files
for p in ('archive.zip', 'afile', 'tiny-imagenet-200.zip'):
    case(1, f'load_images({p})', lambda d, p=p: load_images(d/'mine'/p))
    case(1, f'hcl_run --data {p} --n_tasks 2', run(f'--data %mine/{p} --n_tasks 2 --out %out'))
    case(1, f'benchmark(data={p})', lambda d, p=p: benchmark('split_tiny_imagenet', data=d/'mine'/p))
# 2: kinds of images
def odd_image(make, name='odd.png', **kw):
    def f(d):
        images(d/'data')
        make(d/f'data/train/a/{name}')
        return load_images(d/'data', **kw).train_x.float().mean().item()
    return f
def deep(p): save_image(np.arange(256, dtype=np.uint16).reshape(16,16)*257, p)
def is_scaled(d):
    images(d/'data')
    deep(d/'data/train/a/odd.png')
    white = (load_images(d/'data').train_x==255).flatten(1).float().mean(1).max()
    if white>.5: raise RuntimeError('clipped to white')
case(2, 'PNG of 16 bits', is_scaled, 'result')
for m in ('1', 'L', 'P', 'RGB', 'RGBA', 'LA', 'I;16'):
    case(2, f'PNG of mode {m}', odd_image(lambda p, m=m: Image.new(m, (16,16)).save(p)), 'result')
case(2, 'JPEG of mode CMYK', odd_image(lambda p: Image.new('CMYK', (16,16)).save(p), 'odd.jpg'), 'result')
for m in ('F', 'I'):
    case(2, f'TIFF of mode {m}', odd_image(lambda p, m=m: Image.new(m, (16,16)).save(p, format='TIFF')))
# 3–6: folders and files that are not ours
case(3, 'hcl_run --out: another program', run('--out %mine/other'))
case(4, "Checkpoint('notes.txt')", lambda d: fit(cbs=Checkpoint(d/'mine/notes.txt')))
case(4, 'Checkpoint(a folder)', lambda d: fit(cbs=Checkpoint(d/'mine/other')))
def fit(method='kd', training=None, stream=None, **kw):
    training = training or dict(epochs=1)
    return ContinualLearner(stream or toy_stream(), method, training, progress=False, **{'device':'cpu',
        **kw}).fit().weights
def two_runs(d):
    "Two commands with one folder: one result, and one is refused"
    def one(seed):
        sys.stderr = io.StringIO()
        try: run(f'--seed {seed} --out {d}/out')(d)
        except SystemExit as e: os._exit(e.code or 0)
        os._exit(0)
    pids = [os.fork() or one(s) for s in (0,1)]
    codes = sorted(os.waitstatus_to_exitcode(os.waitpid(p, 0)[1]) for p in pids)
    if codes!=[0,1]: raise RuntimeError(f'exit statuses {codes}')
case(5, 'two hcl_run with one --out', two_runs, 'result', 60)
def modes_kept(d):
    os.umask(0o077)
    hcl.core.save_atomic(lambda f: f.write(b'x'), d/'a')
    if (d/'a').stat().st_mode&0o077: raise RuntimeError('others can read it')
case(6, 'umask 077', modes_kept, 'result')
# 7: kills
def kills(f, folder, same):
    "Kill at every change of a file until it ends; the result must be that of an undisturbed run"
    def g(d):
        for n in range(1, 300):
            pid = os.fork()
            if not pid:
                try: hcl.core.kill_at_change(folder(d), n, f, d)
                except SystemExit as e: os._exit(e.code or 0)
                except BaseException: os._exit(1)
                os._exit(0)
            code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
            if code==0: break
            if code!=-signal.SIGKILL: raise RuntimeError(f'after kill {n-1} it does not go on')
        if not same(d): raise RuntimeError('another result')
        return f'{n-1} kills, the same to the bit'
    return g
def of_run(out): return load_run(out).weights
def run_twice(method):
    line = f'--data digits --n_tasks 2 --method {method} --bs 8'
    def same(d):
        run(f'{line} --out %calm')(d)
        return of_run(d/'calm')==of_run(d/'out')
    return kills(run(f'{line} --out %out'), lambda d: d/'out', same)
case(7, 'hcl_run --method er, killed at every change of a file', run_twice('er'), 'result', 100)
def saved(d): hcl.core.save_checkpoint(dict(a=1), d/'out/run.ckpt')
case(7, 'a checkpoint, killed at every change of a file',
     kills(saved, lambda d: d/'out', lambda d: hcl.core.last_checkpoint(d/'out/run.ckpt')==dict(a=1)), 'result')
def job_of(d): return grid('split_digits', 'er', 1, {'':dict(n_tasks=1, n_train=4, n_test=2, arch='lenet')},
    dict(epochs=1))[0]
# 8: full disks (a limit on the size of files stands for them)
def on_full_disk(f, most):
    def g(d):
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))
        return f(d)
    return g
case(8, 'the cache does not fit', on_full_disk(lambda d: load_images(d/'mine/images'), 9000), 'result')
case(8, 'the checkpoint does not fit', on_full_disk(run('--out %out'), 40_000))
def result_does_not_fit(d):
    net = create_model('resnet18@0.25', 10)
    r = hcl.training.Result('toy', 'kd', 0, ['resnet18@0.25'], [['a']], np.eye(1), np.eye(1))
    return hcl.training.save_run(r, d/'out', net)
case(8, 'model.pth does not fit', on_full_disk(result_does_not_fit, 200_000))
# 9: memory
for a in ('resnet18@1000', 'lenet@1000000'): case(9, f'hcl_run --archs {a}', run(f'--archs {a} --out %out'))
class Greedy(hcl.methods.TaskCallback):
    def before_batch(self): torch.empty(2**50)
case(9, 'ContinualLearner out of memory in a batch', lambda d: fit(cbs=Greedy()))
# 10: signals
def signalled(sig, code):
    def f(d):
        real = Checkpoint.after_epoch
        def after_epoch(self):
            real(self)
            os.kill(os.getpid(), sig)
        Checkpoint.after_epoch = after_epoch
        signal.signal(signal.SIGINT, signal.default_int_handler)   # ignored, where a shell has started this behind
        try: run('--out %out')(d)
        except SystemExit as e:
            if e.code!=code: raise RuntimeError(f'exit status {e.code}') from e
            if 'Re-running resumes' not in sys.stderr.getvalue(): raise RuntimeError(sys.stderr.getvalue()) from e
            raise
    return f
stub = """import os, signal
try:
    os.kill(os.getpid(), signal.{})
    for _ in range(1000): pass
except BaseException as e: raise ImportError from e
raise ImportError"""
def while_importing(module, sig, code):
    "A module in front of the real one gets the signal, and takes every exception for a fault of its own"
    def f(d):
        (d/f'{module}.py').write_text(stub.format(sig))
        begin = """import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from hcl.cli.entry import console_run
console_run()"""
        env = {**os.environ, 'PYTHONPATH':os.pathsep.join([str(d), sys.path[0]])}
        p = subprocess.run([sys.executable, '-c', begin], capture_output=True, text=True, env=env, cwd=d)
        if (p.returncode,p.stderr)!=(code,'hcl_run: stopped\n'): raise RuntimeError(p.stderr)
        return p.stderr
    return f
for module in ('torch', 'fastcore'):
    case(10, f'Ctrl-C during the import of {module}', while_importing(module, 'SIGINT', 130), 'result')
    case(10, f'SIGTERM during the import of {module}', while_importing(module, 'SIGTERM', 143), 'result')
case(10, 'Ctrl-C in task 1', signalled(signal.SIGINT, 130))
case(10, 'SIGTERM in task 1', signalled(signal.SIGTERM, 143))
# 11: sealed
def with_store(change):
    def f(d):
        jobs = grid('split_digits', ['finetune','er'], 1, {'':dict(n_tasks=1, n_train=4, n_test=2, arch='lenet')},
            dict(epochs=1))
        run_grid(jobs, d/'runs')
        change([d/'runs'/j.name for j in jobs])
        return results(d/'runs')
    return f
def other_name(folders):
    shutil.rmtree(folders[0])
    shutil.copytree(folders[1], folders[0])
def both_gone(folders):
    for n in ('SHA256SUMS', 'job.json'): (folders[0]/n).unlink()
def edited(folders):
    p = folders[0]/'results.json'
    p.write_text(p.read_text().replace('"seed": 0', '"seed": 1'))
for f in (other_name, both_gone, edited): case(11, f'a store: {f.__name__}', with_store(f))
def again(d):
    with_store(other_name)
    jobs = grid('split_digits', ['finetune','er'], 1, {'':dict(n_tasks=1, n_train=4, n_test=2, arch='lenet')},
        dict(epochs=1))
    run_grid(jobs, d/'runs')
    other_name([d/'runs'/j.name for j in jobs])
    run_grid(jobs, d/'runs')
    return len(results(d/'runs'))
case(11, 'a store: other_name, and the grid again', again, 'result')
def edited_run(d):
    run('--out %out')(d)
    p = d/'out/results.json'
    p.write_text(p.read_text().replace('"complete": true', '"complete": false').replace('0.', '1.', 1))
    return load_run(d/'out')
case(11, 'results.json of hcl_run, numbers edited', edited_run)
def black_cache(d):
    x = load_images(d/'mine/images').train_x
    for p in (d/'cache').iterdir(): torch.save(dict(train=torch.zeros_like(x), test=torch.zeros_like(x)), p)
    if not load_images(d/'mine/images').train_x.any(): raise RuntimeError('black images are used')
case(11, 'black images in the cache', black_cache, 'result')
# 12–13: folders and files
case(12, 'a class folder that is not UTF-8', lambda d: [images(d/'data'),
    os.mkdir(os.fsencode(d/'data/train')+b'/caf\xe9'),
     os.mkdir(os.fsencode(d/'data/test')+b'/caf\xe9'), shutil.copy(d/'data/train/a/0.png',
         os.fsencode(d/'data/train')+b'/caf\xe9/0.png'),
     shutil.copy(d/'data/train/a/0.png', os.fsencode(d/'data/test')+b'/caf\xe9/0.png'),
     run('--data %data --n_tasks 5 --out %out')(d)])
for name,make in dict(pipe=os.mkfifo, folder=Path.mkdir, nothing=lambda p: p.symlink_to('nothing'),
    itself=lambda p: p.symlink_to(p),
                      empty=Path.touch, text=lambda p: p.write_text('x')).items():
    case(13, f'a .png that is (a link to) {name}', odd_image(make))
case(13, 'a PNG of 12000²', odd_image(lambda p: Image.new('1', (12000,12000)).save(p), size=16))
for v in (10**6, 0, -1, '32', True, 8.): case(13, f'load_images(size={v!r})', lambda d,
    v=v: load_images(d/'mine/images', size=v))
for v in ('loop', 'dangling'):
    def linked(d, v=v):
        (d/v).symlink_to(v if v=='loop' else 'nothing')
        return load_images(d/v)
    def out_linked(d, v=v):
        (d/v).symlink_to(v if v=='loop' else 'nothing')
        return run(f'--out %{v}')(d)
    case(14, f'load_images(a {v} link)', linked)
    case(14, f'hcl_run --out: a {v} link', out_linked)
# 14–15: the commands
for line in ('--class_seed 18446744073709551616', '--class_seed -1', '--seed -1', '--device meta', '--device gpu',
    '--epochs 0', '--bs 0',
             '--lr nan', '--lr -1', '--lr inf', '--n_train 0', '--size 0', '--size 3', '--size 1000000', '--archs ,',
                 '--archs lenet@0',
             '--archs lenet@nan', '--archs lenet@1e9', '--archs resnet', '--method ,', '--method kdd', '--set x',
                 '--set alpha=-1',
             '--set T=nan', '--buffer_size 5', '--protocol x', '--precision fp8', '--log x', '--compare x',
                 '--data nowhere/x',
             '--data %mine/notes.txt', '--n_tasks 3', '--data digits --n_tasks 0', '--data digits --n_tasks 11',
                 '--benchmark x', '--nonsense 1'):
    case(14, f'hcl_run {line}', run(f'--out %out {line}'))
for out in ('~nouser/x', '%mine/notes.txt', '%mine/notes.txt/x', '%mine', '/proc/x'): case(14, f'hcl_run --out {out}',
    run(f'--out {out}'))
for out in ('', ' ', 'a\0b', 'x'*300, 'x'*5000, 'caf\udce9'):
    case(15, f'hcl_run --out {out[:20]!r}', command('main', [*quick.split(), '--out', out]))
for line in ('--n_jobs 0', '--n_jobs -1', '--seeds 0', '--methods ,', '--archs ,', '--methods kd,kdd', '--engine x',
    '--address tcp://x',
             '--out ~nouser/x', '--device meta', '--log x', '--protocol x', '--size 0'): case(14, f'hcl_grid {line}',
                 grid_of(line))
def report(line):
    def f(d):
        run_grid(grid('split_digits', 'er', 1, {'':dict(n_tasks=1, n_train=4, n_test=2, arch='lenet')},
            dict(epochs=1)), d/'runs')
        return command('main_report', f'--out %runs {line}')(d)
    return f
for line in ('--value benchmark', '--value seed', '--value x', '--baseline x', '--code_version x', '--out %mine',
    '--out nowhere', '--html %mine', '--html ~nouser/x'):
    case(14, f'hcl_report {line}', report(line))
case(14, 'hcl_results --table notes.txt', command('main_results', '--table %mine/notes.txt'))
case(14, 'hcl_results --add nowhere', command('main_results', '--add nowhere --table %t.csv'))
# 14–15: calls
for a in (None, 5, True, [], '', '@', 'lenet@', 'lenet@x', 'lenet@-1', '/', 'timm/', 'timm/x', 'torchvision/x',
    torch.nn.Linear(3,3), 'a\0b'):
    case(14, f'create_model({str(a)[:20]!r})', lambda d, a=a: create_model(a, 10))
case(14, 'create_model(lenet, nonsense=1)', lambda d: create_model('lenet', 10, nonsense=1))
for kw in (dict(n_out=0), dict(n_out=1.), dict(n_out='3'), dict(size=0), dict(size=32.), dict(size=None),
    dict(width=-1)):
    case(14, f'create_model(lenet, {kw})', lambda d, kw=kw: create_model('lenet', **{'n_out':10, **kw}))
for kw in (dict(epochs=1.), dict(epochs=True), dict(epochs='2'), dict(bs=4.), dict(bs=0), dict(lr='x'),
    dict(lr=float('nan')), dict(lr=10**400),
           dict(smoothing=2), dict(compile='xx'), dict(compile=3), dict(schedule=3), dict(optimizer=None),
               dict(augmentation='x'),
           dict(precision='fp8'), dict(renew='no'), dict(nonsense=1)):
    case(14, f'Training({str(kw)[:30]})', lambda d, kw=kw: fit(training=dict(dict(epochs=1), **kw)))
for kw in (dict(seed=2.), dict(seed=-1), dict(seed=None), dict(device='meta'), dict(device=[]), dict(valid=True),
    dict(method='x'),
           dict(method=None), dict(method=5), dict(training='x'), dict(training=5)):
    case(14, f'ContinualLearner({kw})', lambda d, kw=kw: fit(**kw))
def stream(**kw): return Stream(toy_stream().tasks, 'lenet', **kw)
for kw in (dict(pad=-1), dict(pad=1.), dict(pad=10**6)): case(14, f'Stream({kw})', lambda d, kw=kw: stream(**kw))
for a in (None, 5, 'x', [None, None]): case(14, f'Stream(archs={a!r})', lambda d,
    a=a: fit(stream=Stream(toy_stream().tasks, a)))
for kw in (dict(n_tasks=0), dict(n_tasks=2.), dict(n_tasks='2'), dict(seed=2**64), dict(seed=-1), dict(seed=1.),
    dict(valid=1), dict(valid='x'),
           dict(n_train=0), dict(n_train=1.), dict(n_test=-1), dict(size=3), dict(size=0), dict(size=8.),
               dict(archs=['lenet']*9), dict(archs=[]),
           dict(data=''), dict(data=5), dict(data='~nouser/x'), dict(arch=5)):
    case(14, f'benchmark({str(kw)[:40]})', lambda d, kw=kw: fit(stream=benchmark(**{'n_train':4, 'n_test':2, **kw})))
for kw in (dict(n_jobs=0), dict(threads=-1), dict(threads=0), dict(n_jobs=1.), dict(engine='x'), dict(store=''),
    dict(store='~nouser/x'),
           dict(store=None), dict(jobs=[]), dict(log='x')):
    case(14, f'run_grid({kw})', lambda d, kw=kw: run_grid(**{'jobs':[job_of(d)], 'store':d/'out', **kw}))
def old(make, **kw):
    def f(d):
        make(d/'old.pkl')
        return OldNetwork.of(d/'old.pkl', classes=['a'], **kw)
    return f
def evil(p):
    class Evil:
        def __reduce__(self): return os.mkdir, (str(p)+'-ran',)
    torch.save(Evil(), p)
for name,make in dict(empty=Path.touch, text=lambda p: p.write_text('x'), weights=lambda p: torch.save(dict(a=1), p),
                      numpy=lambda p: np.save(open(p, 'wb'), np.zeros(3)), folder=Path.mkdir).items():
    case(14, f'OldNetwork.of(a file: {name}, trust=True)', old(make, trust=True))
def never_ran(trust):
    def f(d):
        try: return old(evil, trust=trust)(d)
        finally:
            if (d/'old.pkl-ran').exists(): raise RuntimeError('code of a file was run')
    return f
for t in ('no', 0, False, None, 1): case(15, f'OldNetwork.of(a malicious file, trust={t!r})', never_ran(t))
def data_set(**kw):
    def f(d):
        x,y = torch.zeros(4,3,16,16, dtype=torch.uint8),torch.tensor([0,1,0,1])
        im = Images(**{**dict(train_x=x, train_y=y, test_x=x, test_y=y, classes=['a','b']), **kw})
        return fit(stream=Stream(split_tasks(im, 2), 'lenet'))
    return f
y = torch.tensor([0,1,0,1])
for name,kw in {'float labels':dict(train_y=y.float()), 'labels that are a list':dict(train_y=[0,1,0,1]),
    'the same class twice':dict(classes=['a','a']),
                'classes that are numbers':dict(classes=[0,1]), 'a class that is no UTF-8':dict(classes=['a','\udce9']),
                'test images of another size':dict(test_x=torch.zeros(4,3,8,8, dtype=torch.uint8)),
                'images that are None':dict(train_x=None),
                'a task without test images':dict(test_y=y*0), 'a label too many':dict(test_y=y+1)}.items():
    case(15, f'Images: {name}', data_set(**kw))
# 14: files with the right checksum and another structure, and damaged ones
def checkpoint_of(state):
    def f(d):
        hcl.core.save_checkpoint(state, d/'run.ckpt')
        return fit(cbs=Checkpoint(d/'run.ckpt'))
    return f
key = '{}'
for s in ({}, [1], dict(key=key), dict(key=5), dict(key='{'), dict(key=key, records=[], fit=None),
    torch.zeros(3), 'x'):
    case(14, f'a checkpoint that holds {str(s)[:30]}', checkpoint_of(s))
def run_of(text):
    def f(d):
        (d/'out').mkdir()
        (d/'out/results.json').write_text(text)
        return load_run(d/'out')
    return f
for t in ('['*100_000, '', '{}', '[]', '3', '{"class_il": 3}', '{"a": '*50_000): case(14, f'results.json: {t[:12]}',
    run_of(t))
rng = random.Random(0)
def damage(data):
    i = rng.randrange(len(data))
    kind = rng.choice(('flip', 'cut', 'insert', 'swap'))
    if kind=='flip': return data[:i]+bytes([data[i]^rng.randrange(1,256)])+data[i+1:]
    if kind=='cut': return data[:i]
    return data[:i]+rng.randbytes(9)+data[i+9*(kind=='swap'):]
def damaged(what):
    seed = rng.random()
    def f(d):
        rng.seed(seed)
        if what=='checkpoint':
            hcl.core.save_checkpoint(dict(a=torch.arange(9)), p := d/'run.ckpt')
            p.write_bytes(damage(p.read_bytes()))
            return hcl.core.read_checkpoint(p)
        if what=='result':
            hcl.training.save_run(hcl.training.Result('toy', 'kd', 0, ['lenet'], [['a']], np.eye(1), np.eye(1)),
                d/'out')
            p = d/'out/results.json'
            p.write_bytes(damage(p.read_bytes()))
            return load_run(d/'out')
        images(d/'data')
        p = d/'data/train/a/0.png'
        p.write_bytes(damage(p.read_bytes()))
        return load_images(d/'data')
    return f
for i in range(15):
    for what in ('checkpoint', 'result'): case(14, f'a damaged {what}, {i}', damaged(what))
    case(14, f'a damaged image, {i}', damaged('image'), 'any')

# ---- the table: point, cases that have one of these words in them (none: the others of the point), what was found
found_before = [
    (1, '', 'a download over the file'),
    (2, '16', 'white, in silence'),
    (2, '', 'clipped likewise: float TIFF, CMYK, palettes with transparency'),
    (3, '', '`checkpoint` deleted, `model.pth` overwritten'),
    (4, '', 'the file replaced, the folder renamed'),
    (5, '', 'both exit 0, one result is gone'),
    (6, '', 'mode 0644'),
    (7, '', 'after 6 of 32 kills: "holds something else"'),
    (8, '', 'a RuntimeError of 50 lines'),
    (9, '', 'a traceback of 53 lines'),
    (10, 'import', 'a traceback of 58 lines'),
    (10, '', '"no task was finished", although a checkpoint is kept'),
    (11, 'other_name, and', 'damaged, and not run again'),
    (11, 'both_gone', 'the run vanishes from the report'),
    (11, 'hcl_run', 'edited numbers are accepted'),
    (11, 'cache', 'black images are used'),
    (11, '', '–'),
    (12, '', 'trains to the end, then fails at writing'),
    (13, 'pipe|1000000', 'a hang'),
    (13, '12000', '690 MiB of memory'),
    (13, 'size=0|size=-1|size=\'32', 'blames the images'),
    (13, 'size=True', 'images of 1×1'),
    (13, '', '–'),
    (14, 'damaged|a checkpoint that|results.json', 'damage refused; another structure, 100,000 brackets: tracebacks'),
    (14, '', 'tracebacks'),
    (15, 'OldNetwork', 'trust=\'no\' opens the file'),
    (15, '--out', 'taken in silence: \'\' is the current folder'),
    (15, '', 'taken in silence')]

def row_of(point, what): # the first row that fits
    return next(i for i,(p,words,_) in enumerate(found_before) if p==point and any(w in what for w in words.split('|')))

def write_table(path, tried):
    "Add what was tried now (point, case, end, text) to what the file has of other cases, and count"
    cases = json.loads(path.read_text(encoding='utf-8'))['cases'] if path.exists() else {}
    for point,what,kind,touched,text in tried:
        m = re.match(r'(\d+) kills', text)
        cases[f'{point} {what}'] = dict(point=point, what=what, end=kind, touched=touched, kills=int(m[1]) if m else 0)
    known = {f'{point} {what}' for point,what,*_ in globals()['cases']}
    cases = {k:c for k,c in cases.items() if k in known}
    rows = {}
    for c in cases.values(): rows.setdefault(row_of(c['point'], c['what']), []).append(c)
    def row(i):
        point,_,before = found_before[i]
        now = dict(Counter(c['end'] for c in rows[i]))
        return dict(point=point, tried=len(rows[i]), example=rows[i][0]['what'], before=before, now=now)
    ends = Counter(c['end'] for c in cases.values())
    text = json.dumps(dict(tried=len(cases), ends=ends, touched=sum(c['touched'] for c in cases.values()),
        kills_all_resumed_to_the_bit=sum(c['kills'] for c in cases.values()),
        rows=[row(i) for i in sorted(rows)], cases=cases), indent=1, ensure_ascii=False)
    path.write_text(text+'\n', encoding='utf-8', errors='backslashreplace')

counts = Counter()
def plain(text): return text.replace('…', '...').encode('ascii', 'backslashreplace').decode()

def main(words, out=None):
    start,failed,tried = time.monotonic(),[],[]
    with tempfile.TemporaryDirectory() as d, redirect_stdout(io.StringIO()): run(f'--out {d}/out')(d)   # imports once
    print(f"{'s':>5} {'point':3} {'what':64} result")
    for point,what,f,expect,seconds in cases:
        if words and not any(w in f'{point} {what}' for w in words): continue
        began = time.monotonic()
        kind,text,touched = attempt(f, seconds)
        counts.update([kind, 'tried'] + ['touched']*touched)
        fault = kind in ('traceback', 'hang') or touched or (expect!='any' and kind!=expect)
        if kind=='result' and expect=='line': kind = 'taken in silence'
        if kind=='line' and expect=='result': kind = 'refused'
        counts.update([kind]*(kind in ('taken in silence', 'refused')))
        if fault: failed.append(what)
        tried.append((point, what, kind, touched, text))
        said = f"{'!! ' if fault else ''}{kind}{', A FILE WAS TOUCHED' if touched else ''}: {' '.join(text.split())}"
        print(f'{time.monotonic()-began:5.1f} {point:3}  {plain(what)[:64]:64}  {plain(said)[:150]}', flush=True)
    print(f"\n{counts['tried']} inputs tried: {counts['line']} one-line errors, {counts['result']} results, "
          f"{counts['traceback']} tracebacks, {counts['hang']} hangs, {counts['taken in silence']} taken in silence, "
          f"{counts['touched']} with a file touched outside the output; {time.monotonic()-start:.0f} s")
    if failed: print(f'{len(failed)} FAILED')
    if out: write_table(Path(out), tried)
    return bool(failed)

if __name__=='__main__':
    *words,out = sys.argv[1:] if '--table' in sys.argv else [*sys.argv[1:], None]
    sys.exit(main([w for w in words if w!='--table'], out and Path(out).resolve()))
