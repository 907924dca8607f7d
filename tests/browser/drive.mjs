// Runs notebooks in JupyterLab as a reader does: opens each, chooses "Run All Cells", scrolls through what came out.
// usage: node drive.mjs ADDRESS TOKEN FOLDER CHROMIUM NOTEBOOK...   (playwright-core is found through NODE_PATH)
// Prints JSON: for each notebook its cells by number, and every request that went beyond this machine.
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [address, token, folder, chromium, ...notebooks] = process.argv.slice(2);
const { chromium: browser } = createRequire(import.meta.url)('playwright-core');
const context = await browser.launchPersistentContext(join(folder, 'profile'), {
  executablePath: chromium,
  headless: true,
  viewport: { width: 1400, height: 1000 },
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage'],
});
const outside = [];
const errors = [];
const found = {};
try {
  await context.route('**/*', (route) => {
    const host = new URL(route.request().url()).hostname;
    if (!['127.0.0.1', 'localhost', ''].includes(host)) {
      outside.push(route.request().url());
      return route.abort();
    }
    return route.continue();
  });
  for (const notebook of notebooks) {
    const page = await context.newPage();
    page.on('pageerror', (error) => errors.push(String(error)));
    await page.goto(`${address}/lab/tree/${notebook}?reset&token=${token}`);
    await page.waitForSelector('.jp-Notebook .jp-CodeCell', { timeout: 60000 });
    // before the kernel runs, the command would ask which kernel to take
    await page.locator('.jp-StatusBar-TextItem', { hasText: '| Idle' }).waitFor({ timeout: 60000 });
    await page.locator('.lm-MenuBar-itemLabel', { hasText: /^Run$/ }).click();
    await page.locator('.lm-Menu-itemLabel', { hasText: /^Run All Cells$/ }).click();
    // Lab holds only the cells in view: go to the end until the last one has its number
    const last = page.locator('.jp-Notebook .jp-CodeCell').last().locator('.jp-InputPrompt').first();
    const outer = page.locator('.jp-Notebook .jp-WindowedPanel-outer, .jp-Notebook.jp-WindowedPanel-outer').first();
    const until = Date.now() + 120000;
    for (;;) {
      await outer.evaluate((panel) => panel.scrollTo(0, panel.scrollHeight));
      const number = await last.textContent({ timeout: 5000 }).catch(() => '');
      if (/\[\d+\]/.test(number ?? '') && (await page.locator('[data-status="idle"]').count())) break;
      if (Date.now() > until) throw new Error(`${notebook}: not done after two minutes`);
      await page.waitForTimeout(500);
    }
    await outer.evaluate((panel) => panel.scrollTo(0, 0));
    const cells = {};
    for (let step = 0; step < 60; step += 1) {
      await page.waitForTimeout(400);
      const seen = await page.evaluate(() => [...document.querySelectorAll('.jp-Notebook .jp-CodeCell')].map((cell) => ({
        index: cell.dataset.windowedListIndex,
        number: cell.querySelector('.jp-InputPrompt')?.textContent ?? '',
        error: cell.querySelector('[data-mime-type="application/vnd.jupyter.error"], [data-mime-type="application/vnd.jupyter.stderr"]')?.textContent ?? '',
        images: [...cell.querySelectorAll('.jp-OutputArea-output img')].map((i) => [i.naturalWidth, Math.round(i.getBoundingClientRect().width)]),
        mathematics: cell.querySelectorAll('.jp-OutputArea-output :is(mjx-container, .MathJax)').length,
        bold: [...cell.querySelectorAll('.jp-OutputArea-output td strong')].map((node) => node.textContent),
        tables: [...cell.querySelectorAll('.jp-OutputArea-output table')].map((t) => t.rows.length),
        text: [...cell.querySelectorAll('.jp-OutputArea-output pre')].map((p) => p.textContent),
      })));
      for (const { index, ...cell } of seen) cells[index] = cell;
      await page.screenshot({ path: join(folder, `${notebook.replace('.ipynb', '')}-${String(step).padStart(2, '0')}.png`) });
      const end = await outer.evaluate((panel) => {
        const before = panel.scrollTop;
        panel.scrollBy(0, panel.clientHeight * 0.85);
        return panel.scrollTop === before;
      });
      if (end) break;
    }
    found[notebook] = cells;
    await page.close();
  }
} finally {
  await context.close();
}
console.log(JSON.stringify({ notebooks: found, outside, errors }, null, 1));
