import { closeSync, fdatasyncSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { checkoutCacheDirectory } from '../../../scripts/paths.ts';
import type { Part } from '../bench.ts';

/** Ceiling D: how often this disk makes 4 KiB durable. No write at FULL without group commit is faster. */
export const disk: Part = {
  name: 'disk',
  title: 'the disk: 4 KiB written and synchronized',
  async run({ settings }) {
    const file = join(checkoutCacheDirectory, `fsync-${process.pid}`);
    mkdirSync(dirname(file), { recursive: true });
    const descriptor = openSync(file, 'w');
    const block = Buffer.alloc(4096, 1);
    let count = 0;
    const start = performance.now();
    try {
      while (performance.now() - start < settings.milliseconds) {
        writeSync(descriptor, block);
        fdatasyncSync(descriptor);
        count += 1;
      }
    } finally {
      closeSync(descriptor);
      rmSync(file);
    }
    const perSecond = count / ((performance.now() - start) / 1000);
    return [
      {
        kind: 'finding',
        key: 'disk.syncsPerSecond',
        title: 'D: 4 KiB + fdatasync',
        value: perSecond,
        unit: '/s',
      },
    ];
  },
};
