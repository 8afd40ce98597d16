"Small changes of exported code that a test should notice: which there are, and what they make of a notebook"
import ast, json, re
from dataclasses import dataclass
from pathlib import Path

from pages import is_exported, module_of, parsed, root

swaps = {'<':'<=', '<=':'<', '>':'>=', '>=':'>', '==':'!=', '!=':'==', 'is':'is not', 'is not':'is', 'in':'not in',
         'not in':'in', '+':'-', '-':'+', '*':'/', '/':'*', '//':'*', '%':'*', '**':'*', '&':'|', '|':'&',
         'and':'or', 'or':'and'}
tokens = {ast.Lt:'<', ast.LtE:'<=', ast.Gt:'>', ast.GtE:'>=', ast.Eq:'==', ast.NotEq:'!=', ast.Is:'is',
          ast.IsNot:'is not', ast.In:'in', ast.NotIn:'not in', ast.Add:'+', ast.Sub:'-', ast.Mult:'*', ast.Div:'/',
          ast.FloorDiv:'//', ast.Mod:'%', ast.Pow:'**', ast.BitAnd:'&', ast.BitOr:'|', ast.And:'and', ast.Or:'or'}
drawing = {'plt', 'figure', 'subplots', 'imshow', 'errorbar', 'barh', 'axhline', 'annotate', 'savefig', 'set_title',
           'set_xlabel', 'set_ylabel', 'set_xticks', 'set_axis_off', 'legend'}
telling = {'print', 'warn'}                                        # what they say is not tested

def called(node):
    "The last part of the name of what a call calls"
    f = getattr(node, 'func', None)
    return getattr(f, 'attr', getattr(f, 'id', ''))

def for_show(function):
    "Does this function draw, or make a text? Its sizes and words are a matter of taste"
    if function.name.startswith(('plot_', '_repr_')) or function.name in ('__repr__', '__str__'): return True
    names = {getattr(n, 'attr', getattr(n, 'id', '')) for n in ast.walk(function)}
    return bool(names & drawing)

def is_docstring(node): return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)

class Finder(ast.NodeVisitor):
    "Collects changes of a cell as `(start, end, new, kind)`, in bytes of its source"
    def __init__(self, source):
        self.text,self.found,self.depth = source.encode(),[],0
        self.starts = [0]
        for l in self.text.split(b'\n'): self.starts.append(self.starts[-1]+len(l)+1)
        for o in parsed(source): self.visit(o)

    def start(self, node): return self.starts[node.lineno-1]+node.col_offset
    def end(self, node): return self.starts[node.end_lineno-1]+node.end_col_offset
    def add(self, start, end, new, kind): self.found.append((start, end, new, kind))

    def swap(self, left, op, right, kind):
        "Another operator between two operands"
        old = tokens.get(type(op))
        if not old: return
        gap = self.text[self.end(left):self.start(right)].decode()
        pattern = r'\s+'.join(map(re.escape, old.split()))
        if m := re.search(rf'\b{pattern}\b' if old.isidentifier() or ' ' in old else pattern, gap):
            at = self.end(left)+len(gap[:m.start()].encode())
            self.add(at, at+len(m[0].encode()), swaps[old], kind)

    def negate(self, test):
        old = self.text[self.start(test):self.end(test)].decode()
        self.add(self.start(test), self.end(test), f'(not ({old}))', 'condition')

    def visit(self, node):
        dropped = (ast.Expr, ast.Assign, ast.AugAssign, ast.Return, ast.Raise, ast.Delete)
        if isinstance(node, ast.Expr) and called(node.value) in telling or is_docstring(node): return
        if self.depth and isinstance(node, dropped):
            self.add(self.start(node), self.end(node), 'pass', 'raise' if isinstance(node, ast.Raise) else 'statement')
        super().visit(node)

    def visit_FunctionDef(self, node):
        if for_show(node): return
        for o in [*node.args.defaults, *node.args.kw_defaults]:
            if o is not None: self.visit(o)
        self.depth += 1
        for o in node.body: self.visit(o)
        self.depth -= 1

    def visit_ClassDef(self, node):
        depth,self.depth = self.depth,0
        for o in node.body: self.visit(o)
        self.depth = depth

    def visit_AnnAssign(self, node):
        if node.value: self.visit(node.value)

    def visit_Raise(self, node): pass                              # a message
    def visit_JoinedStr(self, node): pass                          # a text; Python 3.11 does not know places inside it
    def visit_Import(self, node): pass
    def visit_ImportFrom(self, node): pass

    def visit_Call(self, node):
        if called(node) not in telling: self.generic_visit(node)

    def visit_Compare(self, node):
        sides = [node.left, *node.comparators]
        for l,op,r in zip(sides, node.ops, sides[1:]): self.swap(l, op, r, 'comparison')
        self.generic_visit(node)

    def visit_BinOp(self, node):
        texts = (ast.JoinedStr, str)
        if not any(isinstance(getattr(o, 'value', o), texts) for o in (node.left, node.right)):
            self.swap(node.left, node.op, node.right, 'arithmetic')
        self.generic_visit(node)

    def visit_BoolOp(self, node):
        for l,r in zip(node.values, node.values[1:]): self.swap(l, node.op, r, 'and/or')
        self.generic_visit(node)

    def visit_If(self, node): self.negate(node.test); self.generic_visit(node)
    visit_While = visit_IfExp = visit_If

    def visit_Constant(self, node):
        v = node.value
        if isinstance(v, bool): new = repr(not v)
        elif isinstance(v, (int, float)): new = repr({0:1, 1:0}.get(v, v+1))
        else: return
        self.add(self.start(node), self.end(node), new, 'constant')

def around(text, start, end, width=45):
    "A stretch of a text with a part of its line before and after it, on one line"
    before = text[:start].rpartition('\n')[2].lstrip()[-width:]
    return ' '.join((before+text[start:end]+text[end:].partition('\n')[0][:width]).split())

@dataclass(frozen=True)
class Mutation:
    "A change of one exported cell"
    page:Path # Notebook
    module:str # Its module, as `core.errors`
    cell:dict # As the notebook has it
    start:int # In bytes of the source of the cell
    end:int
    new:str # What stands there instead
    kind:str

    @property
    def source(self): return ''.join(self.cell['source'])

    @property
    def parts(self):
        "The source before, in and after the stretch that changes"
        text = self.source.encode()
        return [o.decode() for o in (text[:self.start], text[self.start:self.end], text[self.end:])]

    def changed(self):
        "The source of the cell with this change"
        before,_,after = self.parts
        return before+self.new+after

    def apply(self, path):
        "Write the notebook with this change to another file"
        nb = json.loads(self.page.read_text(encoding='utf-8'))
        cell = next(c for c in nb['cells'] if c['id']==self.cell['id'])
        cell['source'] = self.changed().splitlines(keepends=True)
        path.write_text(json.dumps(nb, ensure_ascii=False), encoding='utf-8')

    def line(self):
        "The line of the module, or of the cell if the module is not up to date"
        n = sum(not l.startswith('#|') for l in (self.parts[0]+'.').splitlines())
        lines = module_file(self.module).read_text(encoding='utf-8').splitlines()
        heads = [i for i,l in enumerate(lines, 1) if l.startswith('# %%') and l.endswith(f"#{self.cell['id']}")]
        return heads[0]+n if heads else n

    def __str__(self):
        i,old = len(self.parts[0]),len(self.parts[1])
        before,after = around(self.source, i, i+old),around(self.changed(), i, i+len(self.new))
        return f'{self.module}, line {self.line()} ({self.kind}): {before} → {after}'

def module_file(module, top=root):
    "The file of a module, as `core.errors`"
    return top/'hcl'/(module.replace('.', '/')+'.py')

def valid(source):
    "Is this Python?"
    try: ast.parse(source)
    except SyntaxError: return False
    return True

def all_mutations(path):
    "The changes of all exported cells of a page"
    module = module_of(path)
    if not module: return []
    found = []
    for c in json.loads(path.read_text(encoding='utf-8'))['cells']:
        source = ''.join(c['source'])
        if c['cell_type']=='code' and is_exported(source):
            found += [Mutation(path, module, c, *o) for o in Finder(source).found]
    return [m for m in found if valid(m.changed())]
