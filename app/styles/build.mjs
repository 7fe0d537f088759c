// Builds everything in app/static: the style sheet, fonts, icon sprite and script, each with
// the licence of what went into it. Run by `make assets`; only the output is committed as
// ready to serve, so installing and running the site needs no Node.
// The two icon-*.png files are drawn from art/favicon.svg by hand when the mark changes.
import { createHash } from 'node:crypto'
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as esbuild from 'esbuild'
import * as sass from 'sass'

const here = dirname(fileURLToPath(import.meta.url))
const from = (...parts) => join(here, ...parts)
const to = (...parts) => join(here, '..', 'static', ...parts)
const read = (...parts) => readFileSync(from(...parts), 'utf8')
const packages = 'node_modules'

/** Copy the two weights and two alphabets; return the @font-face rules that name them. */
function fonts () {
  const source = join(packages, '@fontsource', 'atkinson-hyperlegible')
  const faces = []
  for (const weight of [400, 700]) {
    const ranges = rangesOf(read(source, `${weight}.css`))
    for (const alphabet of ['latin-ext', 'latin']) {
      const name = `atkinson-hyperlegible-${alphabet}-${weight}-normal.woff2`
      const out = `atkinson-${weight}-${alphabet}.woff2`
      copyFileSync(from(source, 'files', name), to('fonts', out))
      faces.push('@font-face{font-family:"Atkinson Hyperlegible";font-style:normal;font-display:swap;' +
        `font-weight:${weight};src:url(fonts/${out}?v=${hashOf(to('fonts', out))}) format("woff2");` +
        `unicode-range:${ranges[alphabet]}}`)
    }
  }
  copyFileSync(from(source, 'LICENSE'), to('fonts', 'LICENSE.txt'))
  return faces.join('')
}

/** The unicode range of each alphabet in a font package's style sheet. */
function rangesOf (css) {
  const ranges = {}
  for (const [, alphabet, range] of css.matchAll(/hyperlegible-(latin(?:-ext)?)-\d+-normal \*\/[^}]*unicode-range: ([^;]+);/g)) {
    ranges[alphabet] = range
  }
  return ranges
}

/** Ten characters that change when the file does. */
function hashOf (path) {
  return createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 10)
}

/** Compile the Sass, and refuse what the site's content policy would block. */
function styles (faces) {
  const { css } = sass.compile(from('main.scss'), {
    style: 'compressed',
    loadPaths: [from(packages)],
    quietDeps: true
  })
  const all = faces + css.replace(/^\uFEFF|@charset "UTF-8";/g, '')
  for (const wrong of [/url\(\s*["']?data:/i, /url\(\s*["']?(https?:)?\/\//i, /GDS Transport/i, /@import/i]) {
    if (wrong.test(all)) throw new Error(`The style sheet holds ${wrong}`)
  }
  writeFileSync(to('app.css'), all)
}

/** One sprite: Tabler icons under our short names, then our own shapes. */
function sprite () {
  const symbols = Object.entries(JSON.parse(read('icons.json'))).map(([id, name]) => {
    const svg = read(packages, '@tabler', 'icons', 'icons', 'outline', `${name}.svg`)
    const drawing = svg.slice(svg.indexOf('>') + 1, svg.lastIndexOf('</svg>'))
      .replace(/<path stroke="none"[^>]*>/, '').replace(/\s*\n\s*/g, '').replace(/ \/>/g, '/>')
    return `<symbol id="${id}" viewBox="0 0 24 24">${drawing}</symbol>`
  })
  const shapes = read('art', 'shapes.svg').replace(/\n/g, '')
  writeFileSync(to('icons.svg'), `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}${shapes}</svg>\n`)
  copyFileSync(from(packages, '@tabler', 'icons', 'LICENSE'), to('icons.LICENSE.txt'))
}

/** The script, with only the Design System parts it imports. */
function script () {
  esbuild.buildSync({
    entryPoints: [from('app.js')],
    outfile: to('app.js'),
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2020',
    legalComments: 'none',
    banner: { js: '/* Holds parts of GOV.UK Frontend, MIT: see govuk-frontend.LICENSE.txt */' }
  })
  copyFileSync(from('art', 'govuk-frontend.LICENSE.txt'), to('govuk-frontend.LICENSE.txt'))
}

mkdirSync(to('fonts'), { recursive: true })
styles(fonts())
sprite()
script()
for (const name of ['mark.svg', 'favicon.svg']) copyFileSync(from('art', name), to(name))
