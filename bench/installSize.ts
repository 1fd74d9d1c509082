import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { Row } from './row';

const root = resolve(__dirname, '../..');
const lockfile = z.object({
  packages: z.record(
    z.string(),
    z.object({ dev: z.boolean().optional(), optional: z.boolean().optional() }),
  ),
});

/** The size of a folder without the packages in it, in bytes. */
function sizeOf(folder: string): number {
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(folder, entry.name);
    if (entry.name === 'node_modules') return sum;
    return sum + (entry.isDirectory() ? sizeOf(path) : lstatSync(path).size);
  }, 0);
}

/** The packages that `npm install --omit=dev` would leave, largest first. */
export function installSize(): { rows: Row[]; largest: string[] } {
  const { packages } = lockfile.parse(
    JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')),
  );
  const sizes = Object.entries(packages).flatMap(([path, { dev = false }]) => {
    if (path === '' || dev) return [];
    try {
      return [{ path, bytes: sizeOf(join(root, path)) }];
    } catch {
      // Optional packages for other platforms are not installed.
      return [];
    }
  });
  sizes.sort((one, other) => other.bytes - one.bytes);
  const mb = (bytes: number): number => bytes / 1_048_576;
  const total = mb(sizes.reduce((sum, { bytes }) => sum + bytes, 0));
  return {
    rows: [
      {
        ...{ what: 'Production dependencies', nextTo: '', unit: 'MB', ours: [total], theirs: [] },
        goal: { kind: 'none' },
      },
    ],
    largest: sizes
      .slice(0, 8)
      .map(
        ({ path, bytes }) => `${path.replace(/^.*node_modules\//, '')} ${mb(bytes).toFixed(1)} MB`,
      ),
  };
}
