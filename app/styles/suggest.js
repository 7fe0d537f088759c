// Suggestions under the search box while typing: an ARIA combobox with a list. The field stays
// the plain search field that it is without scripts; a suggestion only fills it in.
const WAIT = 150
const LEAST = 2

/** Give one field its list. */
function suggestFor (field) {
  const list = document.createElement('ul')
  const told = document.createElement('div')
  list.id = `${field.id}-suggestions`
  list.className = 'suggestions'
  list.setAttribute('role', 'listbox')
  list.setAttribute('aria-label', field.dataset.label)
  list.hidden = true
  told.className = 'govuk-visually-hidden'
  told.setAttribute('role', 'status')
  field.after(list, told)
  for (const [name, value] of Object.entries({
    role: 'combobox',
    autocomplete: 'off',
    'aria-autocomplete': 'list',
    'aria-expanded': 'false',
    'aria-controls': list.id
  })) field.setAttribute(name, value)

  let active = -1
  let waiting
  let asking

  const show = (isOpen) => {
    list.hidden = !isOpen
    field.setAttribute('aria-expanded', String(isOpen))
    if (!isOpen) point(-1)
  }
  const point = (place) => {
    active = place
    list.childNodes.forEach((item, number) => item.setAttribute('aria-selected', String(number === place)))
    const item = list.childNodes[place]
    if (item) {
      field.setAttribute('aria-activedescendant', item.id)
      item.scrollIntoView({ block: 'nearest' })
    } else field.removeAttribute('aria-activedescendant')
  }
  const take = (item) => {
    field.value = item.dataset.words
    show(false)
    field.focus()
  }
  const fill = (found) => {
    list.replaceChildren(...found.map(({ words, kind }, number) => {
      const item = document.createElement('li')
      const what = document.createElement('span')
      item.id = `${list.id}-${number}`
      item.dataset.words = words
      item.setAttribute('role', 'option')
      item.setAttribute('aria-selected', 'false')
      what.textContent = kind
      item.append(words, ' ', what)
      return item
    }))
    active = -1
    field.removeAttribute('aria-activedescendant')
    told.textContent = found.length ? field.dataset.some.replace('{}', found.length) : ''
    show(found.length > 0)
  }
  const ask = async () => {
    asking?.abort()
    asking = new AbortController()
    const typed = field.value.trim()
    if (typed.length < LEAST) return fill([])
    try {
      const address = `${field.dataset.suggest}?q=${encodeURIComponent(typed)}`
      const answer = await fetch(address, { signal: asking.signal, headers: { Accept: 'application/json' } })
      if (answer.ok && document.activeElement === field) fill(await answer.json())
    } catch { /* typing goes on, or the network is gone: the field works as it is */ }
  }

  field.addEventListener('input', () => {
    clearTimeout(waiting)
    waiting = setTimeout(ask, WAIT)
  })
  field.addEventListener('keydown', (event) => {
    const last = list.childNodes.length - 1
    if (list.hidden) return
    if (event.key === 'ArrowDown') point(active < last ? active + 1 : 0)
    else if (event.key === 'ArrowUp') point(active > 0 ? active - 1 : last)
    else if (event.key === 'Enter' && active >= 0) take(list.childNodes[active])
    else if (event.key === 'Escape') show(false)
    else return
    event.preventDefault()
  })
  // Pressing a suggestion must not take the focus away before it is taken.
  list.addEventListener('pointerdown', (event) => event.preventDefault())
  list.addEventListener('click', (event) => {
    const item = event.target.closest('[role=option]')
    if (item) take(item)
  })
  field.addEventListener('blur', () => { clearTimeout(waiting); asking?.abort(); show(false) })
}

for (const field of document.querySelectorAll('input[data-suggest]')) suggestFor(field)
