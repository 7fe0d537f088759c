// The site's only script. Every page works without it; it adds what the Design System's
// own parts add (focus on an error summary, no double sending, focus past the skip link)
// and opens panels that only a phone needs to fold.
import { Button } from 'govuk-frontend/dist/govuk/components/button/button.mjs'
import { ErrorSummary } from 'govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs'
import { SkipLink } from 'govuk-frontend/dist/govuk/components/skip-link/skip-link.mjs'
import './suggest.js'

document.body.classList.add('js-enabled', 'govuk-frontend-supported')

for (const Part of [Button, ErrorSummary, SkipLink]) {
  for (const root of document.querySelectorAll(`[data-module="${Part.moduleName}"]`)) {
    new Part(root)
  }
}

// How many letters are left in a long field; the server counts too.
for (const line of document.querySelectorAll('[data-count][data-most]')) {
  const field = document.getElementById(line.dataset.count)
  const count = () => {
    const left = Number(line.dataset.most) - [...field.value].length
    const words = left < 0 ? line.dataset.over : line.dataset.left
    line.textContent = words.replace('{}', Math.abs(left).toLocaleString(document.documentElement.lang))
    line.classList.toggle('over', left < 0)
    if (line.dataset.near) line.hidden = left > Number(line.dataset.near)
  }
  field.addEventListener('input', count)
  count()
}

// Where the style sheet cannot show a folded panel on a wide page, open it instead.
if (!CSS.supports('selector(::details-content)')) {
  const wide = window.matchMedia('(min-width: 60em)')
  const unfold = () => {
    if (wide.matches) {
      for (const panel of document.querySelectorAll('details.fold')) panel.open = true
    }
  }
  unfold()
  wide.addEventListener('change', unfold)
}

// A printed page shows what was folded away.
window.addEventListener('beforeprint', () => {
  for (const panel of document.querySelectorAll('main details:not([open])')) {
    panel.open = true
    panel.dataset.printed = ''
  }
})
window.addEventListener('afterprint', () => {
  for (const panel of document.querySelectorAll('details[data-printed]')) {
    panel.open = false
    delete panel.dataset.printed
  }
})

// A page with answers that the browser brings back whole is asked for anew: they may be wiped.
window.addEventListener('pageshow', (event) => {
  if (event.persisted && location.pathname.startsWith('/self-check')) location.reload()
})
