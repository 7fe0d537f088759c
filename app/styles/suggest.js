// Suggestions under the search box while typing: an ARIA combobox with a list. The field stays
// the plain search field that it is without scripts; a suggestion only fills it in.
const WAIT = 150
const LEAST = 2

let isPressed = false
document.addEventListener('pointerdown', () => { isPressed = true }, true)
for (const end of ['pointerup', 'pointercancel']) {
  document.addEventListener(end, () => { isPressed = false }, true)
}

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
    if (!isOpen) {
      told.textContent = ''
      point(-1)
    }
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
    point(-1)
    show(found.length > 0)
    if (found.length) told.textContent = field.dataset.some.replace('{}', found.length)
  }
  // What no longer goes on from the text goes at once, however late the next answer is: taking it
  // would undo what was typed since.
  const sift = () => {
    const typed = field.value.trim().toLowerCase()
    for (const item of [...list.childNodes]) {
      if (!item.dataset.words.toLowerCase().startsWith(typed)) item.remove()
    }
    point(-1)
    if (!list.hasChildNodes()) show(false)
  }
  const ask = async () => {
    asking?.abort()
    asking = new AbortController()
    const typed = field.value.trim()
    if (typed.length < LEAST) return fill([])
    try {
      const address = `${field.dataset.suggest}?q=${encodeURIComponent(typed)}`
      const answer = await fetch(address, { signal: asking.signal, headers: { Accept: 'application/json' } })
      if (document.activeElement === field) fill(answer.ok ? await answer.json() : [])
    } catch (fault) {
      if (fault.name !== 'AbortError') fill([]) // the network is gone: the field works as it is
    }
  }

  field.addEventListener('input', () => {
    clearTimeout(waiting)
    sift()
    waiting = setTimeout(ask, WAIT)
  })
  field.addEventListener('keydown', (event) => {
    const last = list.childNodes.length - 1
    if (list.hidden || event.isComposing) return
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
  // Left, the field closes its list, but not from under a press: the button below would slip away
  // between the going down of a finger and its coming up.
  const close = () => setTimeout(() => { if (document.activeElement !== field) show(false) })
  field.addEventListener('blur', () => {
    clearTimeout(waiting)
    asking?.abort()
    if (isPressed) document.addEventListener('pointerup', close, { once: true })
    else close()
  })
}

for (const field of document.querySelectorAll('input[data-suggest]')) suggestFor(field)
