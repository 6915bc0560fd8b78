import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';

/** Takes numbered screenshots into `test-results/<story>/`. */
export function album(story: string): (page: Page, name: string) => Promise<void> {
  const folder = join('test-results', story);
  mkdirSync(folder, { recursive: true });
  let number = 0;
  return async (page, name) => {
    number += 1;
    await page.screenshot({
      path: join(folder, `${String(number).padStart(2, '0')}-${name}.png`),
      animations: 'disabled',
    });
  };
}
