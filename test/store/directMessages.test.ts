import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { createAnnouncementStore } from '../../src/store/announcements';
import { aDatabase, openOrFail } from '../support/aDatabase';
import { fillWithSchemaOf } from '../support/earlierDatabase';
import { databases } from '../support/startTestFerry';

describe.each(databases)('a database on %s from before direct messages', (name) => {
  it('keeps which events channels have seen, and sends no messages about them', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ferry-earlier-'));
    const location = await aDatabase(name, folder);
    await fillWithSchemaOf('0004_rules', location, async (earlier) => {
      await sql`insert into requests (id, origin, version, revision, status, state, channel, job_name,
        requester_id, requester_name, parameters, reason, asked_at)
        values (1, 'o', 7, 1, 'created', '{}', 'C0ONE', 'j', 'U0ONE', 'One', '{}', 'r', '2026-01-01')
      `.execute(earlier);
      await sql`insert into announcements (request_id, channel, ts, digest, told_seq, sending)
        values (1, 'C0ONE', '1.1', 'd', 5, 6)`.execute(earlier);
    });
    const db = await openOrFail(location);
    const pace = { spacingMs: 1_000, burst: 10 };
    const announcements = createAnnouncementStore(db, name, () => new Date(), undefined);
    expect(await announcements.find(1, 'channel')).toEqual({
      card: { channel: 'C0ONE', ts: '1.1', digest: 'd' },
      toldSeq: 5,
      sending: 6,
      seenVersion: 0,
      holdUntil: undefined,
    });
    expect(await announcements.find(1, 'requester')).toMatchObject({ toldSeq: 7 });
    expect((await announcements.due('channel', new Date(), [], pace)).ids).toEqual([1]);
    expect((await announcements.due('requester', new Date(), [], pace)).ids).toEqual([]);
    await db.destroy();
    rmSync(folder, { recursive: true });
  });
});
