import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RowHashes } from '../../src/domain/record/recordedRow';
import { readJson, rowHashes } from '../../src/store/rowHashes';

type Row = Parameters<typeof rowHashes>[0];

const row: Row = {
  ...{ id: 7, origin: 'V7', version: 3, revision: 2, revised_by: 'V8', editors: '["U2"]' },
  ...{ status: 'pending', state: '{"status":"pending"}', due_at: '2026-05-04T10:00:00.000Z' },
  ...{ channel: 'C1', asked_in: 'C2', requester_id: 'U1', requester_name: 'One' },
  ...{ rule: '{"quorum":1}', parameters: '{"JobName":"orders"}', secrets: '{}', reason: 'why' },
  ...{ observed: '{}', asked_at: '2026-05-04T09:00:00.000Z', job_name: 'orders', job_id: 'dts-1' },
  ...{ ended_at: '2026-05-05T10:00:00.000Z', awaited_list: 'a1', awaited_except: '["U1"]' },
};

const parts = ['request', 'revision', 'parameters', 'secrets', 'rule', 'state'] as const;

/** The parts whose hashes differ after a change. */
function changedBy(change: Partial<Row>, before = row): string[] {
  const [one, other] = [rowHashes(before), rowHashes({ ...before, ...change })];
  return parts.filter((part) => one[part] !== other[part]);
}

it.each<[Partial<Row>, keyof RowHashes]>([
  [{ origin: 'V9' }, 'request'],
  [{ asked_at: '2026-05-04T09:00:01.000Z' }, 'request'],
  [{ asked_in: null }, 'request'],
  [{ channel: 'C3' }, 'request'],
  [{ requester_id: 'U9' }, 'request'],
  [{ requester_name: 'Nine' }, 'request'],
  [{ revision: 3 }, 'revision'],
  [{ revised_by: 'V9' }, 'revision'],
  [{ editors: '[]' }, 'revision'],
  [{ parameters: '{"JobName":"others"}' }, 'parameters'],
  [{ reason: 'because' }, 'parameters'],
  [{ secrets: '{"SrcInfo.Password":{"kind":"typed"}}' }, 'secrets'],
  [{ observed: '{"nameTaken":{}}' }, 'secrets'],
  [{ rule: '{"quorum":2}' }, 'rule'],
  [{ status: 'approved' }, 'state'],
  [{ state: '{"status":"approved"}' }, 'state'],
  [{ due_at: null }, 'state'],
  [{ ended_at: null }, 'state'],
  [{ job_id: 'dts-2' }, 'state'],
  [{ job_name: 'others' }, 'state'],
])('a row with %j differs in its part “%s” only', (change, part) => {
  expect(changedBy(change)).toEqual([part]);
});

it('covers neither numbers that events contain nor the columns that only find a row', () => {
  expect(changedBy({ id: 8, version: 4, awaited_list: null, awaited_except: null })).toEqual([]);
});

it('keeps the hash of the secrets of a row that was stored before Ferry looked at the account', () => {
  const expected = createHash('sha256').update('{"secrets":"{}"}').digest('hex');
  expect(rowHashes({ ...row, observed: null }).secrets).toBe(expected);
});

/** The columns of each part of `hashes` in docs/audit.md, which readers of the page hash. */
function columnsOnPage(page: string): Map<string, string[]> {
  const list = page.slice(page.indexOf('- **`hashes`'));
  const entries = [...list.matchAll(/`(\w+)`[：:]\s*((?:`\w+`[,、]?\s*)+)/g)];
  return new Map(
    entries.map(([, part = '', columns = '']) => [part, columns.match(/\w+/g)?.toSorted() ?? []]),
  );
}

it.each(['audit.md', 'audit.zh-CN.md'])('hashes the columns that docs/%s names', (page) => {
  const columns = columnsOnPage(readFileSync(join(__dirname, '../../docs', page), 'utf8'));
  const described = parts.filter((part) => part !== 'parameters');
  expect([...columns.keys()].toSorted()).toEqual(described.toSorted());
  for (const part of described) {
    const values = Object.fromEntries(
      (columns.get(part) ?? []).map((column) => [column, Reflect.get(row, column)]),
    );
    const expected = createHash('sha256').update(JSON.stringify(values)).digest('hex');
    expect({ part, hash: rowHashes(row)[part] }).toEqual({ part, hash: expected });
  }
});

it('hashes parameters by their content, not their order or spaces', () => {
  const parameters = '{ "RunMode": 1, "JobName": "orders" }';
  const same = '{"JobName":"orders","RunMode":1}';
  expect(changedBy({ parameters: same }, { ...row, parameters })).toEqual([]);
});

it('reads text that is not JSON as itself', () => {
  expect(['{"a":1}', '{'].map(readJson)).toEqual([{ a: 1 }, '{']);
});
