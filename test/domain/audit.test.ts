import fc from 'fast-check';
import { exportHead, exportLine } from '../../src/domain/record/audit';

const cellFor = (reason: string): string =>
  exportLine.csv({
    position: 1,
    requestId: 1,
    seq: 1,
    revision: 1,
    at: '2026-01-01T00:00:00.000Z',
    by: { userId: 'U0BOB', name: 'bob' },
    parametersHash: 'h',
    happening: { type: 'denied', reason },
    hash: 'h',
  });

const signs = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '﹢', '﹣', '﹦', '﹫', '−', '⁺', '₌'];

describe('an export', () => {
  const entry = {
    position: 3,
    requestId: 7,
    seq: 2,
    revision: 4,
    at: '2026-01-01T00:00:00.000Z',
    by: { userId: 'U0BOB', name: 'bob' },
    parametersHash: 'p',
    happening: { type: 'denied', reason: 'no' },
    hash: 'h',
  } as const;

  it('begins with a byte order mark and the names of the columns as CSV, and empty as JSON', () => {
    const common =
      'position,time,request,seq,revision,type,personId,personName,parametersHash,hashes,hash,';
    expect(exportHead.csv()).toMatch(
      new RegExp(`^\ufeff${common}([a-zA-Z]+,)*reason(,[a-zA-Z]+)*\r\n$`),
    );
    expect(exportHead.jsonl()).toBe('');
  });

  it('has each value under its name', () => {
    const cells = (line: string) => line.trimEnd().split(',');
    const names = cells(exportHead.csv().slice(1));
    const line = cells(exportLine.csv(entry));
    expect(line).toHaveLength(names.length);
    expect(new Set(names).size).toBe(names.length);
    const filled = names.flatMap((name, index) => (line[index] ? [[name, line[index]]] : []));
    expect(Object.fromEntries(filled)).toEqual({
      position: '3',
      time: '2026-01-01T00:00:00.000Z',
      request: '7',
      seq: '2',
      revision: '4',
      type: 'denied',
      personId: 'U0BOB',
      personName: 'bob',
      parametersHash: 'p',
      hash: 'h',
      reason: 'no',
    });
    expect(JSON.parse(exportLine.jsonl(entry))).toEqual({
      position: 3,
      time: '2026-01-01T00:00:00.000Z',
      request: 7,
      seq: 2,
      revision: 4,
      type: 'denied',
      personId: 'U0BOB',
      personName: 'bob',
      parametersHash: 'p',
      hashes: null,
      hash: 'h',
      happening: { type: 'denied', reason: 'no' },
    });
  });
});

describe('a CSV cell is text for a spreadsheet', () => {
  it.each(signs)('if it begins with %s, even after spaces and quotation marks', (sign) => {
    for (const before of ['', ' ', '   ', '"', "'", '“', ' "', '＂', '\t']) {
      expect(cellFor(`${before}${sign}HYPERLINK(1)`)).toContain(
        `'${before.replace('"', '""')}${sign}`,
      );
    }
  });

  it('if it begins with a tab or a line break', () => {
    for (const before of ['\t', '\n', '\r\n'])
      expect(cellFor(`${before}x`)).toContain(`"'${before}x"`);
  });

  it('if a spreadsheet splits at semicolons', () => {
    expect(cellFor('a;=1+1')).toContain('"a;=1+1"');
  });

  it('and ordinary words stay unchanged', () => {
    for (const words of ['fine', 'no = here', '不行', '(a + b)', '1-2']) {
      expect(cellFor(words)).toContain(`,${words},`);
    }
  });

  it('whatever it contains', () => {
    const part = fc.oneof(
      fc.constantFrom(...signs, ' ', '"', "'", '\t', ';', '\n', '\u202e', 'a'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const text = parts.join('');
        const line = cellFor(text);
        const begins = /^[\s"'“]*[=+\-@＝＋－＠]/u.test(text);
        if (begins) expect(line).toMatch(/,"?'/);
        expect(line.replace(/[\r\n\t]/g, '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
      }),
    );
  });
});
