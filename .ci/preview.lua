-- What Quarto does by itself: alternative text from fig-alt
function Image(el)
  local alt = el.attributes['fig-alt']
  if alt then el.attributes['fig-alt'] = nil; el.attributes['alt'] = alt end
  return el
end
