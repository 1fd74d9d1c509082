import { createHash } from 'node:crypto';
import {
  checkLink,
  contentHash,
  type Entry,
  emptyJournal,
  type Hashing,
  type Head,
  type Link,
  linkHash,
} from '../../src/domain/record/journal';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hashing: Hashing = { sha256, ofLink: (position, text) => sha256(`${position} ${text}`) };

const entryAt = (position: number, changes: Partial<Entry> = {}): Entry => ({
  ...{ position, requestId: 7, seq: position, revision: 1, at: '2026-05-04T10:00:00.000Z' },
  ...{ by: null, parametersHash: 'p', happening: { type: 'reminded', number: 1 } },
  ...changes,
});
const linkAt = (position: number, before: Head, entry = entryAt(position)): Link => {
  const hashed = { requestId: entry.requestId, contentHash: contentHash(sha256, entry) };
  return { ...hashed, position, hash: linkHash(hashing, before, hashed), entry, row: undefined };
};
const head: Head = { length: 4, hash: sha256('the fourth link') };
const link = linkAt(5, head);

describe('the next link of the audit log', () => {
  it('is fine if it follows from the one before, also after its event was deleted', () => {
    expect(checkLink(hashing, head, link)).toBeUndefined();
    expect(checkLink(hashing, head, { ...link, entry: undefined })).toBeUndefined();
    expect(checkLink(hashing, emptyJournal, linkAt(1, emptyJournal))).toBeUndefined();
  });

  it.each<[string, Head, Link, object]>([
    ['is missing if a later one follows', head, linkAt(7, head), { kind: 'missing', position: 5 }],
    ['was added if its place is taken', head, linkAt(4, head), { kind: 'added', position: 4 }],
    [
      'was added if it is before the first place',
      emptyJournal,
      linkAt(0, emptyJournal),
      { kind: 'added', position: 0 },
    ],
    [
      'was changed if its event differs from its hash',
      head,
      { ...link, entry: entryAt(5, { seq: 6 }) },
      { kind: 'changed', position: 5 },
    ],
    [
      'is unlinked if another one was before it',
      { ...head, hash: sha256('another link') },
      link,
      { kind: 'unlinked', position: 5 },
    ],
    [
      'is unlinked if it names another request than its event',
      head,
      { ...link, requestId: 8 },
      { kind: 'unlinked', position: 5 },
    ],
    [
      'is unlinked if its content hash ends with its request number',
      head,
      {
        ...link,
        contentHash: `${link.contentHash}${link.requestId}`,
        requestId: undefined,
        entry: undefined,
      },
      { kind: 'unlinked', position: 5 },
    ],
  ])('%s', (_, before, next, expected) => {
    expect(checkLink(hashing, before, next)).toEqual(expected);
  });
});
