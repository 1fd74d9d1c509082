import type { MigrationRequest } from '../../src/domain/request/request';
import { Secret } from '../../src/domain/secrets/secret';
import { earlierSecretContext, secretContext } from '../../src/domain/secrets/secretContext';
import type { SecretRule } from '../../src/domain/secrets/secretPolicy';
import type { ReadSecret } from '../../src/ports/secretReader';
import type { OpenedSecret } from '../../src/ports/vault';
import { openSecrets } from '../../src/workflow/operations/openSecrets';
import { aRequest } from '../support/aRequest';
import { limitsDuring } from '../support/limitsDuring';
import { type StoreOn, storeOn } from '../support/storeOn';

let store: StoreOn;
beforeEach(async () => {
  store = await storeOn('sqlite');
});
afterEach(() => store.close());

const typed = new Secret('typed');
const stored = new Secret('stored');
const path = 'SrcInfo.Password';
const reference = { kind: 'env', name: 'SOURCE' } as const;
const { parameters } = aRequest();

/** What opening gives for a request, and what was read and opened. */
function opening(facts: {
  rules?: readonly SecretRule[];
  read?: ReadSecret;
  opened?: OpenedSecret;
  earlier?: OpenedSecret;
  sealed?: Partial<Record<'SrcInfo.Password', string>>;
  isEarlier?: boolean;
}) {
  const {
    rules = [{ secret: 'env:*', anywhere: true }],
    read = { ok: true, secret: stored, user: undefined },
    opened = { ok: true, secret: typed },
    earlier = { ok: true, secret: typed },
    sealed = { [path]: 'sealed' },
    isEarlier = false,
  } = facts;
  const done: unknown[] = [];
  const context = {
    secretRules: () => rules,
    directory: {
      person: async () => ({ name: '', standing: 'member' as const }),
      standing: async () => 'member' as const,
      sees: async () => 'yes' as const,
      isAmong: async () => 'unknown' as const,
    },
    secretReader: {
      async read(...[named]: readonly [unknown, AbortSignal]) {
        done.push(['read', named]);
        return read;
      },
    },
    store: {
      ...store.requests,
      sealedSecrets: async () => sealed,
      isSealedEarlier: async () => isEarlier,
    },
    vault: {
      seal: async () => '',
      async open(text: string, where: string) {
        done.push(['open', text, where]);
        return opened;
      },
      async openEarlier(text: string, where: string) {
        done.push(['openEarlier', text, where]);
        return earlier;
      },
    },
  };
  const open = (changes: Partial<MigrationRequest> = {}) => openSecrets(context, aRequest(changes));
  return { done, open };
}
const fromStore = { secrets: { [path]: reference } };
const unavailable = (cause: object) => ({
  ...{ ok: false, problem: { kind: 'secret_unavailable', path, reference, cause } },
});
const unreadable = (reason: string) => ({
  ...{ ok: false, problem: { kind: 'secret_unreadable', reason } },
});

describe('a typed secret', () => {
  it('opens in the context of its request', async () => {
    const { done, open } = opening({});
    expect(await open()).toEqual({ ok: true, secrets: { [path]: typed } });
    expect(done).toEqual([['open', 'sealed', secretContext(aRequest(), path)]]);
  });

  it('that is not stored any more is missing', async () => {
    expect(await opening({ sealed: {} }).open()).toEqual(unreadable('missing'));
  });

  it.each(['no_key', 'damaged', 'elsewhere'] as const)('does not open: %s', async (reason) => {
    const { done, open } = opening({ opened: { ok: false, reason } });
    expect(await open()).toEqual(unreadable(reason));
    expect(done.length).toBe(1);
  });

  it('that an earlier version sealed opens in its context', async () => {
    const opened = { ok: false, reason: 'elsewhere' } as const;
    const { done, open } = opening({ opened, isEarlier: true });
    expect(await open()).toEqual({ ok: true, secrets: { [path]: typed } });
    expect(done[1]).toEqual(['openEarlier', 'sealed', earlierSecretContext(aRequest(), path)]);
  });

  it('that an earlier version sealed may be damaged', async () => {
    const opened = { ok: false, reason: 'elsewhere' } as const;
    const earlier = { ok: false, reason: 'damaged' } as const;
    const { open } = opening({ opened, earlier, isEarlier: true });
    expect(await open()).toEqual(unreadable('damaged'));
  });

  it.each(['no_key', 'damaged'] as const)(
    'is not opened in another way for another reason: %s',
    async (reason) => {
      const { done, open } = opening({ opened: { ok: false, reason }, isEarlier: true });
      expect(await open()).toEqual(unreadable(reason));
      expect(done.length).toBe(1);
    },
  );
});

describe('a stored secret', () => {
  it('is read within ten seconds', async () => {
    const { done, open } = opening({});
    const limits = await limitsDuring(async () => {
      expect(await open(fromStore)).toMatchObject({ ok: true, secrets: { [path]: stored } });
    });
    expect(done).toEqual([['read', reference]]);
    expect(limits).toEqual([10_000]);
  });

  it('that cannot be read says why', async () => {
    const cause = { kind: 'not_reached', detail: 'no route' } as const;
    expect(await opening({ read: { ok: false, cause } }).open(fromStore)).toEqual(
      unavailable(cause),
    );
  });

  it('may belong to the account of the form', async () => {
    const { SrcInfo } = parameters;
    const read = { ok: true, secret: stored, user: SrcInfo.User } as const;
    expect(await opening({ read }).open(fromStore)).toMatchObject({ ok: true });
  });

  it('may not belong to another account', async () => {
    const read = { ok: true, secret: stored, user: 'other' } as const;
    const cause = { kind: 'other_user', user: parameters.SrcInfo.User };
    expect(await opening({ read }).open(fromStore)).toEqual(unavailable(cause));
  });

  it('may belong to any account if the form names none', async () => {
    const { User: _, ...SrcInfo } = parameters.SrcInfo;
    const read = { ok: true, secret: stored, user: 'other' } as const;
    const request = { ...fromStore, parameters: { ...parameters, SrcInfo } };
    expect(await opening({ read }).open(request)).toMatchObject({ ok: true });
  });

  it.each([
    ['no longer allows it', [], 'not_allowed'],
    [
      'allows it to a group that Slack does not name',
      [{ secret: 'env:*', anywhere: true, requesters: ['S1'] }],
      'unknown_person',
    ],
  ] as const)("is not read if today's policy %s", async (_, rules, kind) => {
    const { done, open } = opening({ rules });
    expect(await open(fromStore)).toEqual(unavailable({ kind }));
    expect(done).toEqual([]);
  });

  it('of two is not read if the other is not allowed', async () => {
    const forbidden = { kind: 'ssm', name: 'other', version: 'v1' } as const;
    const secrets = { [path]: reference, 'DstInfo.Password': forbidden };
    const { done, open } = opening({});
    expect(await open({ secrets })).toMatchObject({
      problem: { path: 'DstInfo.Password', reference: forbidden, cause: { kind: 'not_allowed' } },
    });
    expect(done).toEqual([]);
  });

  it.each([
    ['DstInfo.Password', { kind: 'other_user', user: 'target' }],
    ['SrcInfo.AccessKey', undefined],
  ] as const)('of the field %s belongs to the account of that side', async (field, cause) => {
    const DstInfo = { ...parameters.DstInfo, User: 'target' };
    const read = { ok: true, secret: stored, user: 'other' } as const;
    const opened = await opening({ read }).open({
      ...{ secrets: { [field]: reference }, parameters: { ...parameters, DstInfo } },
    });
    expect(opened).toMatchObject(cause === undefined ? { ok: true } : { problem: { cause } });
  });
});
