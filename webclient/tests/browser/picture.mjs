// picture.mjs URL dark|light FILE: the page with live data, as a person with that preference sees it.

import { launch, newPage } from './support.mjs';

const FILLING_MS = 10_000; // sparklines and the chart

const [url, colorScheme, path] = process.argv.slice(2);
process.env.ODIN_PAGE_URL = url;
const browser = await launch();
try {
  const { page } = await newPage(browser, { colorScheme, hash: '#BTC' });
  await page.waitForTimeout(FILLING_MS);
  await page.screenshot({ path });
} finally {
  await browser.close();
}
