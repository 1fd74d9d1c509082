import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStore } from '../../src/store/createStore';
import { aDatabase, openOrFail } from '../support/aDatabase';
import { aDraft } from '../support/aForm';
import { aRule } from '../support/aRule';
import { databases } from '../support/startTestFerry';

it.each(databases)('on %s, an emergency approval is due for its report at once', async (name) => {
  const folder = mkdtempSync(join(tmpdir(), 'ferry-emergency-'));
  const db = await openOrFail(await aDatabase(name, folder));
  const at = new Date('2026-05-04T10:00:00Z');
  const { announcements, requests } = createStore(db, name, () => at);
  const { parameters, reason } = aDraft();
  const added = await requests.add(
    {
      ...{ origin: 'V1', askedIn: undefined, rule: aRule(), parameters, reason, observed: {}, at },
      requester: { userId: 'UASK', name: 'Asker' },
      secrets: { 'SrcInfo.Password': { kind: 'typed' } },
      sealed: { 'SrcInfo.Password': 'sealed' },
    },
    10,
  );
  if (added.kind !== 'stored' || added.request.state.status !== 'pending')
    throw new Error('stored');
  const { request } = added;
  const { attempts, operation } = added.request.state;
  const by = { userId: 'UEVA', name: 'Eva' };
  const given = { by, at, revision: 1, from: [], confirmed: false, breakGlass: 'The disk fails.' };
  const due = async () =>
    (await announcements.due('emergency', at, [], { spacingMs: 1_000, burst: 0 })).ids;
  expect(await due()).toEqual([]);
  await requests.record({
    ...{ request, by, at },
    state: { status: 'approved', operation, approvals: [given], attempts },
    event: { type: 'break_glass', reason: 'The disk fails.' },
  });
  expect(await due()).toEqual([request.id]);
  await db.destroy();
  rmSync(folder, { recursive: true });
});
