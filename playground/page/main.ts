import { resolve } from 'node:path';
import { readManifest } from './readManifest';
import { startPage } from './startPage';

const root = resolve(__dirname, '../../..');

async function main(): Promise<void> {
  const { DEFAULT_LOCALE = 'en' } = process.env;
  const port = process.env['PLAYGROUND_PORT'] || '4000';
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new Error('PLAYGROUND_PORT must be a number from 0 to 65535');
  }
  const page = await startPage(
    {
      script: resolve(__dirname, '../../src/main.js'),
      preload: resolve(__dirname, 'movedClock.js'),
      manifest: readManifest(resolve(root, 'manifest.yml')),
      locale: DEFAULT_LOCALE,
    },
    resolve(root, 'playground/page/client'),
    Number(port),
  );
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void page.close().then(() => process.exit(0)));
  }
  process.stdout.write(`The playground is at ${page.url}\nEnd it with Ctrl+C.\n`);
}

main().catch((error: unknown) => {
  const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  const says = isTaken
    ? 'The port is taken. Choose another: PLAYGROUND_PORT=4001 npm run playground'
    : error instanceof Error
      ? error.message
      : String(error);
  process.stderr.write(`${says}\n`);
  process.exit(1);
});
