import { parseTags, writeTags } from '../../src/domain/migration/tags';

const tags = (count: number) => Array.from({ length: count }, (_, index) => `k${index}=v`);
const problemOf = (text: string) => {
  const parsed = parseTags(text);
  return parsed.ok ? undefined : parsed.problem;
};

it.each<[string, object[]]>([
  ['', []],
  [' \n\n', []],
  ['team', [{ TagKey: 'team' }]],
  ['team=', [{ TagKey: 'team' }]],
  [' team = orders ', [{ TagKey: 'team', TagValue: 'orders' }]],
  ['a=b=c', [{ TagKey: 'a', TagValue: 'b=c' }]],
  ['team＝orders', [{ TagKey: 'team', TagValue: 'orders' }]],
  ['项目：订单=', [{ TagKey: '项目：订单' }]],
  ['url=http://a:1', [{ TagKey: 'url', TagValue: 'http://a:1' }]],
  [
    'a=1\n\nb=2',
    [
      { TagKey: 'a', TagValue: '1' },
      { TagKey: 'b', TagValue: '2' },
    ],
  ],
])('reads %j', (text, expected) => {
  expect(parseTags(text)).toEqual({ ok: true, tags: expected });
});

it.each([
  ['=orders', { code: 'bad_tag', line: 1 }],
  ['\na\n = b', { code: 'bad_tag', line: 3 }],
  ['a=1\nb\n a = 2', { code: 'repeated_tag', line: 3, key: 'a' }],
  ['team: orders', { code: 'colon_in_tag', line: 1 }],
  ['a=1\n项目：订单', { code: 'colon_in_tag', line: 2 }],
  ['team=orders, env=prod', { code: 'several_tags', line: 1 }],
  ['team=orders，env＝prod', { code: 'several_tags', line: 1 }],
  ['a\nb\u202e', { code: 'bad_text', line: 2 }],
])('refuses %j', (text, problem) => {
  expect(problemOf(text)).toMatchObject(problem);
});

it('keeps the limits of Tencent Cloud: 127 characters, 255 characters, 50 tags', () => {
  const [key, value] = ['k'.repeat(127), 'v'.repeat(255)];
  expect(problemOf(`${key}=${value}`)).toBeUndefined();
  expect(problemOf(`${key}k=${value}`)).toEqual({ code: 'bad_tag', line: 1 });
  expect(problemOf(`${key}=${value}v`)).toEqual({ code: 'bad_tag', line: 1 });
  expect(problemOf(tags(50).join('\n'))).toBeUndefined();
  expect(problemOf(tags(51).join('\n'))).toEqual({ code: 'too_many_tags', max: 50 });
});

it('writes what it reads', () => {
  const text = 'team=orders\nowner\na=b=c\na:b=';
  const parsed = parseTags(text);
  expect(writeTags(parsed.ok ? parsed.tags : [])).toBe(text);
});
