import { type Command, readCommand } from '../../src/domain/text/command';

const word = (length: number): string => 'x'.repeat(length);

it.each<[string, Command]>([
  ['', { kind: 'new', preset: undefined }],
  ['   ', { kind: 'new', preset: undefined }],
  ['new', { kind: 'new', preset: undefined }],
  ['new orders', { kind: 'new', preset: 'orders' }],
  [' NEW  orders to  Shanghai ', { kind: 'new', preset: 'orders to Shanghai' }],
  ['clone 42', { kind: 'clone', requestId: 42 }],
  ['Show #42', { kind: 'show', requestId: 42 }],
  ['show #123456789', { kind: 'show', requestId: 123_456_789 }],
  ['show 1234567890', { kind: 'number_missing', word: 'show', typed: '1234567890' }],
  ['clone', { kind: 'number_missing', word: 'clone', typed: '' }],
  ['show 42 43', { kind: 'number_missing', word: 'show', typed: '42 43' }],
  ['show x42', { kind: 'number_missing', word: 'show', typed: 'x42' }],
  ['show 42x', { kind: 'number_missing', word: 'show', typed: '42x' }],
  [`show ${word(40)}`, { kind: 'number_missing', word: 'show', typed: word(40) }],
  [`show ${word(41)}`, { kind: 'number_missing', word: 'show', typed: word(40) }],
  ['explain', { kind: 'code_missing' }],
  ['explain A.B', { kind: 'explain', code: 'A.B', requestId: undefined }],
  ['explain A.B #7', { kind: 'explain', code: 'A.B', requestId: 7 }],
  ['explain A.B 7 8', { kind: 'explain', code: 'A.B', requestId: undefined }],
  ['explain A.B x7', { kind: 'explain', code: 'A.B', requestId: undefined }],
  ['explain A.B 7x', { kind: 'explain', code: 'A.B', requestId: undefined }],
  [`explain ${word(80)}`, { kind: 'explain', code: word(80), requestId: undefined }],
  [`explain ${word(81)}`, { kind: 'explain', code: word(80), requestId: undefined }],
  ['messages on', { kind: 'messages', wanted: true }],
  ['messages OFF', { kind: 'messages', wanted: false }],
  ['messages', { kind: 'messages', wanted: undefined }],
  ['messages maybe', { kind: 'messages', wanted: undefined }],
  ['messages on please', { kind: 'messages', wanted: undefined }],
  ['list', { kind: 'list' }],
  ['policy', { kind: 'policy' }],
  ['HELP', { kind: 'help' }],
  ['lsit', { kind: 'unknown', word: 'lsit', meant: 'list' }],
  ['Polices', { kind: 'unknown', word: 'Polices', meant: 'policy' }],
  ['nothing-like-it', { kind: 'unknown', word: 'nothing-like-it', meant: undefined }],
  [word(40), { kind: 'unknown', word: word(40), meant: undefined }],
  [word(41), { kind: 'unknown', word: word(40), meant: undefined }],
])('reads “%s”', (text, command) => {
  expect(readCommand(text)).toEqual(command);
});
