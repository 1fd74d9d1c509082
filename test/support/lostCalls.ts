import type { PlainFault } from '../../playground/tencentcloud/index';

/** The ways in which a call ends without a readable response, and the detail of each. */
export const lostCalls: readonly (readonly [name: string, fault: PlainFault, detail: RegExp])[] = [
  ['a reset', { kind: 'reset', when: 'before' }, /socket hang up|ECONNRESET/],
  ['a 502', { kind: 'status', status: 502, when: 'after' }, /HTTP 502/],
  ['a page of HTML', { kind: 'html', when: 'after' }, /invalid json|could not be read/],
  ['an empty answer', { kind: 'empty', when: 'after' }, /invalid json|could not be read/],
  ['JSON without Response', { kind: 'noResponse', when: 'after' }, /undefined|could not be read/],
  ['a redirect', { kind: 'redirect', status: 307, location: '/elsewhere' }, /redirected/],
];
