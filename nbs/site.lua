-- For Quarto's pages: plain names in code, code folded on experiment pages, notes as boxes.
local input = quarto and quarto.doc and quarto.doc.input_file or ''

function Pandoc(doc)
  local page = doc.meta['page'] and pandoc.utils.stringify(doc.meta['page']) or input
  local folded = page:find('experiments/', 1, true) ~= nil

  local function code(el)
    -- nbdev turns a name in backticks into a link, also in the comments of a signature, where it stays raw text
    el.text = el.text:gsub('%[`([^`%]]+)`%]%(https?://[^)%s]*%)', '%1')
    -- every fastai callback takes a function for each event: they say nothing about this one
    el.text = el.text:gsub('%s*[%w_]+:NoneType=None,?', function(arg)
      return el.text:find('after_create:NoneType=None', 1, true) and '' or arg
    end)
    if el.text:find('^def ') and not el.classes:includes('cell-code') then -- a signature
      el.text = el.text:gsub('<function ([%w_.]+) at 0x%x+>', '%1'):gsub(':NoneType=None', '=None')
    end
    if not (folded and el.classes:includes('cell-code')) then return el end
    local open = pandoc.RawBlock('html', '<details class="code"><summary>Code</summary>')
    return {open, el, pandoc.RawBlock('html', '</details>')}
  end

  local function note(el) -- a quote that begins with a bold Note, Limit or Warning
    local first = el.content[1]
    local lead = first and first.content and first.content[1]
    if not (lead and lead.t == 'Strong') then return nil end
    return pandoc.Div(el.content, pandoc.Attr('', {'note'}))
  end

  return doc:walk({CodeBlock = code, BlockQuote = note})
end
