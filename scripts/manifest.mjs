import { readFileSync, writeFileSync } from 'node:fs';
import { parse, stringify } from 'yaml';

/**
 * Prints manifest.yml as JSON, for the Slack CLI. With `--link`, writes the link that creates the app
 * into the documents that have it.
 *
 *     node scripts/manifest.mjs [--link]
 */
const manifest = parse(readFileSync(new URL('../manifest.yml', import.meta.url), 'utf8'));

if (process.argv.includes('--link')) {
  // Markdown ends a link at a parenthesis.
  const yaml = encodeURIComponent(stringify(manifest, { lineWidth: 0 })).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  const link = `https://api.slack.com/apps?new_app=1&manifest_yaml=${yaml}`;
  for (const name of ['getting-started.md', 'getting-started.zh-CN.md']) {
    const file = new URL(`../docs/${name}`, import.meta.url);
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace(/https:\/\/api\.slack\.com\/apps\?new_app=1[^)]*/g, link));
  }
} else {
  process.stdout.write(`${JSON.stringify(manifest)}\n`);
}
