import { parseNodes } from '../../src/domain/migration/nodes';
import { textProblem } from '../../src/domain/text/typedText';

const lines = (count: number) =>
  Array.from({ length: count }, (_, index) => `10.0.0.1:${1_000 + index}`).join('\n');

it('allows two hundred nodes and no more', () => {
  const most = parseNodes(lines(200), 'dcg');
  expect(most.ok && most.nodes.length).toBe(200);
  expect(parseNodes(lines(201), 'dcg')).toEqual({
    ok: false,
    problem: { code: 'too_many_nodes', max: 200 },
  });
});

it.each([
  ['10.0.0.1:6379\n10.0.0.2:6379\n\n 10.0.0.1:6379', 'dcg', 4, '10.0.0.1:6379'],
  ['[fd00::1]:6379\n[FD00:0::1]:6379', 'dcg', 2, '[fd00::1]:6379'],
  ['db.example.com:6379\nDB.example.com.:6379', 'extranet', 2, 'db.example.com:6379'],
  ['ins-1a2b3c4d:6379\nins-1a2b3c4d:6379', 'cvm', 2, 'ins-1a2b3c4d:6379'],
] as const)('refuses a node that occurs twice, however it is written: %j', (...row) => {
  const [text, access, line, shown] = row;
  expect(parseNodes(text, access)).toEqual({
    ok: false,
    problem: { code: 'repeated_node', line, text: shown },
  });
});

it.each([
  '10.0.0.1:6379, 10.0.0.2:6380',
  '10.0.0.1:6379,\n10.0.0.2:6380,',
  '10.0.0.1:6379;10.0.0.2:6380',
  ' 10.0.0.1:6379  10.0.0.2:6380 ',
  '10.0.0.1：6379，10.0.0.2：6380',
  '10。0。0。1：6379、１０.0.0.2:6380；',
])('reads several nodes, with separators and full-width characters: %j', (text) => {
  expect(parseNodes(text, 'dcg')).toEqual({
    ok: true,
    nodes: [
      { Ip: '10.0.0.1', Port: 6379 },
      { Ip: '10.0.0.2', Port: 6380 },
    ],
  });
});

it.each([
  ['10.0.0.5:6379', 'extranet', { code: 'bad_value', problem: { code: 'not_public' } }],
  ['127.0.0.1:6379', 'dcg', { code: 'bad_value', problem: { code: 'not_reachable' } }],
  ['db:6379', 'dcg', { code: 'bad_value', problem: { code: 'not_an_address' } }],
  [
    '10.0.0.5:70000',
    'dcg',
    { code: 'bad_value', problem: { code: 'not_a_number', min: 1, max: 65_535 } },
  ],
  ['10.0.0.5\u202e:6379', 'dcg', { code: 'bad_text', problem: textProblem('\u202e', 'line') }],
  ['10.0.0.5', 'dcg', { code: 'bad_node' }],
  ['10.0.0.5:', 'dcg', { code: 'bad_node' }],
  ['fd00::1', 'dcg', { code: 'bad_node' }],
  ['redis://:S3cretPw@10.0.0.1:6379', 'dcg', { code: 'bad_node' }],
  ['user:S3cretPw@10.0.0.1:6379', 'dcg', { code: 'bad_node' }],
  ['10.0.0.5:6379', 'cvm', { code: 'bad_machine' }],
  ['ins-1a2b3c4d', 'cvm', { code: 'bad_machine' }],
  [
    'ins-1a2b3c4d:0',
    'cvm',
    { code: 'bad_value', problem: { code: 'not_a_number', min: 1, max: 65_535 } },
  ],
] as const)('says what is wrong with %j on %s, and quotes nothing: %j', (text, access, problem) => {
  expect(parseNodes(`\n${text}`, access)).toEqual({ ok: false, problem: { ...problem, line: 2 } });
});

it('allows several ports of one host, and several hosts with one port', () => {
  const read = parseNodes('10.0.0.1:6379\n10.0.0.1:6380\n10.0.0.2:6379', 'dcg');
  expect(read).toMatchObject({ ok: true, nodes: [{ Port: 6379 }, { Port: 6380 }, { Port: 6379 }] });
});
