import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A link or picture in Markdown. The target ends at the first parenthesis. */
const link = /(!?)\[((?:[^[\]]|\[[^\]]*\])*)\]\(([^()\s]+)\)/g;

/** The links of a document to files and headings, with their place in the text. */
export function linksIn(text) {
  const prose = text.replace(/^```.*?^```$/gms, blank).replace(/`[^`\n]*`/g, blank);
  return [...prose.matchAll(link)]
    .filter(([, , , target]) => !/^[a-z]+:/.test(target))
    .map(({ 0: found, 1: picture, 3: target, index }) => ({
      index,
      length: found.length,
      isPicture: picture === '!',
      // The words may contain code, which is blank in `found`.
      words: text.slice(index, index + found.length).replace(link, '$2'),
      target,
    }));
}

/** Returns what is wrong with a link of the document at `file`, or `undefined`. */
export function problemOf(root, file, target) {
  const [path, anchor] = target.split('#');
  const place = path === '' ? file : join(dirname(file), path);
  if (!existsSync(join(root, place))) return 'does not exist';
  if (anchor === undefined || !place.endsWith('.md')) return undefined;
  const anchors = anchorsIn(readFileSync(join(root, place), 'utf8'));
  return anchors.has(decodeURIComponent(anchor)) ? undefined : 'names no heading';
}

/** The anchors that GitHub gives to headings. */
function anchorsIn(text) {
  const anchors = new Set();
  const headings = text.replace(/^```.*?^```$/gms, '').matchAll(/^#{1,6} (.+)$/gm);
  for (const [, heading] of headings) {
    const slug = heading
      .replace(link, '$2')
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-');
    let anchor = slug;
    for (let count = 1; anchors.has(anchor); count += 1) anchor = `${slug}-${count}`;
    anchors.add(anchor);
  }
  return anchors;
}

/** Replaces a text by spaces, so that the rest keeps its place. */
function blank(text) {
  return text.replace(/[^\n]/g, ' ');
}
