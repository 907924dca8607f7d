// Codes a sheet as a coder does: keys, buttons, saves the file, opens the page anew and goes on from it.
// usage: node coding.mjs PAGE FOLDER CHROMIUM   (playwright-core is found through NODE_PATH)
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [file, folder, chromium] = process.argv.slice(2);
const { chromium: browser } = createRequire(import.meta.url)('playwright-core');
const context = await browser.launchPersistentContext(join(folder, 'profile'), {
  executablePath: chromium,
  headless: true,
  acceptDownloads: true,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage'],
});
const outside = [];
const errors = [];
const address = pathToFileURL(file).href;
context.on('request', (request) => {
  if (!/^(file|blob|data):/.test(request.url())) outside.push(request.url());
});
const open = async () => {
  const page = await context.newPage();
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (line) => { if (line.type() === 'error') errors.push(line.text()); });
  await page.goto(address);
  return page;
};
const saved = async (page, act, name) => {
  const [download] = await Promise.all([page.waitForEvent('download'), act()]);
  const path = join(folder, name);
  await download.saveAs(path);
  return [download.suggestedFilename(), path];
};
const seen = {};
try {
  const page = await open();
  seen.passage = await page.textContent('#passage');
  for (const key of ['y', 'n', 'u']) await page.keyboard.press(key);
  await page.keyboard.press('ArrowLeft');
  seen.pressed = await page.locator('button[aria-pressed="true"]').allTextContents();
  await page.keyboard.press('y');
  seen.progress = await page.textContent('#progress');
  seen.first = await saved(page, () => page.keyboard.press('s'), 'first.json');
  await page.screenshot({ path: join(folder, 'coding.png') });
  const again = await open();
  await again.setInputFiles('#load', seen.first[1]);
  await again.waitForFunction(() => /^3 /.test(document.querySelector('#progress').textContent));
  await again.locator('#answers button').first().click();
  seen.second = await saved(again, () => again.locator('#save').click(), 'second.json');
} finally {
  await context.close();
}
console.log(JSON.stringify({ ...seen, outside, errors }));
