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
  ['jobs', { kind: 'jobs', page: 0 }],
  ['jobs 3', { kind: 'jobs', page: 2 }],
  ['Jobs 0', { kind: 'jobs', page: 0 }],
  ['jobs 1000', { kind: 'jobs', page: 0 }],
  ['jobs please', { kind: 'jobs', page: 0 }],
  ['jbos', { kind: 'unknown', word: 'jbos', meant: 'jobs' }],
  ['policy', { kind: 'policy' }],
  ['watch DTS-1a2B', { kind: 'watch', jobId: 'dts-1a2b', region: undefined }],
  ['Watch dts-1a2b AP-Guangzhou', { kind: 'watch', jobId: 'dts-1a2b', region: 'ap-guangzhou' }],
  ['watch dts-1 ap-shanghai-fsi', { kind: 'watch', jobId: 'dts-1', region: 'ap-shanghai-fsi' }],
  [`watch dts-${word(32)}`, { kind: 'watch', jobId: `dts-${word(32)}`, region: undefined }],
  ['unwatch Dts-1a2b', { kind: 'unwatch', jobId: 'dts-1a2b' }],
  ...(['watch', 'unwatch'] as const).flatMap((each): [string, Command][] => [
    [each, { kind: 'job_missing', word: each, about: 'job', typed: '' }],
    ...['dts-', 'cdb-1a2b', 'xdts-1a2b', 'dts-1_2', `dts-${word(33)}`].map(
      (typed): [string, Command] => [
        `${each} ${typed}`,
        { kind: 'job_missing', word: each, about: 'job', typed },
      ],
    ),
    [`${each} ${word(41)}`, { kind: 'job_missing', word: each, about: 'job', typed: word(40) }],
  ]),
  ...['guangzhou', 'ap-', '-ap-x', 'apx-x', 'a-x', 'ap-guangzhou-', 'ap-guangzhou-3', '(ap-x)'].map(
    (typed): [string, Command] => [
      `watch dts-1 ${typed}`,
      { kind: 'job_missing', word: 'watch', about: 'region', typed },
    ],
  ),
  [
    'watch dts-1 ap-guangzhou please  now',
    { kind: 'job_missing', word: 'watch', about: 'region', typed: 'ap-guangzhou please now' },
  ],
  [
    'unwatch DTS-1 ap-guangzhou  now',
    { kind: 'job_missing', word: 'unwatch', about: 'job', typed: 'DTS-1 ap-guangzhou now' },
  ],
  ['HELP', { kind: 'help' }],
  ['lsit', { kind: 'unknown', word: 'lsit', meant: 'list' }],
  ['Polices', { kind: 'unknown', word: 'Polices', meant: 'policy' }],
  ['nothing-like-it', { kind: 'unknown', word: 'nothing-like-it', meant: undefined }],
  [word(40), { kind: 'unknown', word: word(40), meant: undefined }],
  [word(41), { kind: 'unknown', word: word(40), meant: undefined }],
])('reads “%s”', (text, command) => {
  expect(readCommand(text)).toEqual(command);
});
