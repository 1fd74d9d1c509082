import { type TextProblem, textProblem } from '../text/typedText';
import type { MigrationParameters } from './migration';

type Tag = NonNullable<MigrationParameters['Tags']>[number];

export type TagsProblem =
  | { code: 'bad_tag'; line: number }
  | { code: 'colon_in_tag'; line: number }
  | { code: 'several_tags'; line: number }
  | { code: 'bad_text'; line: number; problem: TextProblem }
  | { code: 'repeated_tag'; line: number; key: string }
  | { code: 'too_many_tags'; max: number };

/** Tencent Cloud's limits for the tags of a resource. */
const mostTags = 50;
const longestKey = 127;
const longestValue = 255;

/** What follows a value if a line has several tags. Tags of Tencent Cloud contain no comma. */
const another = /[,，;；、]\s*[^=＝]+[=＝]/;

/** Reads one tag per line: `key=value`, or a key alone. `key:` must end with `=`. */
export function parseTags(
  text: string,
): { ok: true; tags: Tag[] } | { ok: false; problem: TagsProblem } {
  const tags = new Map<string, Tag>();
  for (const [index, raw] of text.split('\n').entries()) {
    const typed = raw.trim();
    if (typed === '') continue;
    const line = index + 1;
    const problem = textProblem(typed, 'line');
    if (problem !== undefined) return { ok: false, problem: { code: 'bad_text', line, problem } };
    const cut = typed.search(/[=＝]/);
    const key = (cut === -1 ? typed : typed.slice(0, cut)).trim();
    const value = cut === -1 ? '' : typed.slice(cut + 1).trim();
    const isSound = key !== '' && key.length <= longestKey && value.length <= longestValue;
    if (!isSound) return { ok: false, problem: { code: 'bad_tag', line } };
    if (cut === -1 && /[:：]/.test(key))
      return { ok: false, problem: { code: 'colon_in_tag', line } };
    if (another.test(value)) return { ok: false, problem: { code: 'several_tags', line } };
    if (tags.has(key)) return { ok: false, problem: { code: 'repeated_tag', line, key } };
    tags.set(key, value === '' ? { TagKey: key } : { TagKey: key, TagValue: value });
  }
  return tags.size > mostTags
    ? { ok: false, problem: { code: 'too_many_tags', max: mostTags } }
    : { ok: true, tags: [...tags.values()] };
}

/** Writes tags the way people type them. */
export function writeTags(tags: readonly Tag[]): string {
  return tags
    .map(({ TagKey, TagValue }) =>
      TagValue === undefined && !/[:：]/.test(TagKey) ? TagKey : `${TagKey}=${TagValue ?? ''}`,
    )
    .join('\n');
}
