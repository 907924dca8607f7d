// Opens pages from disk as a reader does: on a small screen, in the dark, on paper.
// usage: node pages.mjs CHROMIUM PAGE...   (playwright-core and, where there is one, axe-core are found through NODE_PATH)
// Prints JSON: for each page what does not fit, what axe finds, and every request that left the disk.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [executablePath, ...pages] = process.argv.slice(2);
const require = createRequire(import.meta.url);
const { chromium } = require('playwright-core');
let axe = '';
try {
  axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf-8');
} catch { /* not installed: the rest is tested without it */ }

const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking'],
});
const outside = [];
const errors = [];
const found = {};
// a sheet of A4 with margins of 12 mm, upright and across, in CSS pixels
const sheets = { upright: Math.round(186 / 25.4 * 96), across: Math.round(273 / 25.4 * 96) };
try {
  for (const file of pages) {
    const context = await browser.newContext({ viewport: { width: 400, height: 800 } });
    const page = await context.newPage();
    page.on('request', (request) => {
      if (!/^(file|data):/.test(request.url())) outside.push(request.url());
    });
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) errors.push(`${file}: ${message.text()}`);
    });
    page.on('pageerror', (error) => errors.push(`${file}: ${error}`));
    await page.goto(pathToFileURL(file).href);
    const seen = { small: await page.evaluate(() => document.scrollingElement.scrollWidth) };
    await page.keyboard.press('Tab');
    seen.first = await page.evaluate(() => document.activeElement.getAttribute('href'));
    seen.unreached = await page.evaluate(() => [...document.querySelectorAll('main *')].filter((one) =>
      ['auto', 'scroll'].includes(getComputedStyle(one).overflowX) && one.scrollWidth > one.clientWidth && one.tabIndex < 0).length);
    seen.scrolled = await page.evaluate(() => [...document.querySelectorAll('.scroll')].filter((one) => one.scrollWidth > one.clientWidth).length);
    await page.emulateMedia({ media: 'print' });
    seen.paper = [];
    for (const [name, width] of Object.entries(sheets)) {
      await page.setViewportSize({ width, height: 1000 });
      seen.paper.push(...await page.evaluate(({ name, width }) => [...document.querySelectorAll('table, img, pre')]
        .filter((one) => (one.classList.contains('wide') ? 'across' : 'upright') === name)
        .filter((one) => one.getBoundingClientRect().right > width + 1)
        .map((one) => `${one.closest('section, main')?.id} ${name}: ${Math.ceil(one.getBoundingClientRect().right)} > ${width}`), { name, width }));
    }
    const pdf = await page.pdf({ preferCSSPageSize: true });
    seen.sheets = [...new Set([...pdf.toString('latin1').matchAll(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/g)].map((box) => (Number(box[1]) > Number(box[2]) ? 'across' : 'upright')))].sort();
    await page.setViewportSize({ width: 400, height: 800 });
    seen.axe = null;
    if (axe) {
      seen.axe = [];
      for (const colorScheme of ['light', 'dark']) {
        await page.emulateMedia({ media: 'screen', colorScheme });
        const cdp = await context.newCDPSession(page);
        // the page forbids scripts of its own; the debugger's are not the page's
        await cdp.send('Runtime.evaluate', { expression: axe });
        const { violations } = (await cdp.send('Runtime.evaluate', {
          expression: 'axe.run(document)', awaitPromise: true, returnByValue: true,
        })).result.value;
        seen.axe.push(...violations.map(({ id, impact, nodes }) => `${colorScheme}: ${id} (${impact}) ${nodes[0].html.slice(0, 200)} [${nodes.length}]`));
      }
    }
    found[file] = seen;
    await context.close();
  }
} finally {
  await browser.close();
}
console.log(JSON.stringify({ pages: found, outside, errors, axe: Boolean(axe) }, null, 1));
