import { ALICE, BOB, DAN, EVA, MEI, SINGLE_CHANNEL_GUEST, STRANGER } from './slack/index';

/** The user groups that approve in the demo and on the page. */
export const dbas = { id: 'S0DBAS0001', handle: 'dbas', name: 'DBAs', users: [BOB, MEI] };
export const sres = { id: 'S0SRES0001', handle: 'sres', name: 'SREs', users: [DAN] };
export const onCall = { id: 'S0ONCALL01', handle: 'on-call', name: 'On call', users: [EVA] };

/** The people that visitors of the page can act as. */
export const pagePeople: ReadonlySet<string> = new Set([
  ...[ALICE, BOB, MEI, DAN, EVA],
  ...[SINGLE_CHANNEL_GUEST, STRANGER],
]);

/** The target that needs two approvals. */
export const production = 'cdb-prod0001';

/** The target whose job is checked before its request is decided. */
export const checkedFirst = 'cdb-another1';

/** The secret that the policy allows, and the only host that it may be sent to. */
export const allowedSecret = 'orders-source';
export const allowedHost = '14.17.22.36';
