import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';

const root = resolve(__dirname, '../../src/i18n');

/** The texts of a language. Values in them are replaced by `…`. */
function textsOf(folder: string): string[] {
  const texts: string[] = [];
  for (const name of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts')) continue;
    const code = readFileSync(join(root, folder, name), 'utf8');
    const visit = (node: ts.Node): void => {
      if (ts.isStringLiteralLike(node)) texts.push(node.text);
      if (ts.isTemplateExpression(node))
        texts.push(
          [node.head.text, ...node.templateSpans.map((each) => each.literal.text)].join('…'),
        );
      ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile(name, code, ts.ScriptTarget.Latest));
  }
  return texts;
}

/** Names of fields, options and buttons. Names of values and signs begin otherwise. */
const isName = (quoted: string): boolean => /^[\p{Script=Han}A-Z]/u.test(quoted);

it.each(['en', 'zh-CN'])(
  'every field, option or button that a text in %s quotes exists',
  (folder) => {
    const texts = textsOf(folder);
    const exist = new Set(texts.map((text) => text.replace('dts-…', '…')));
    const quoted = texts
      .flatMap((text) => [...text.matchAll(/“([^”]+)”/g)].map(([, name = '']) => name))
      .filter((name) => isName(name));
    expect(quoted.length).toBeGreaterThan(3);
    expect(quoted.filter((name) => !exist.has(name.replace('dts-…', '…')))).toEqual([]);
  },
);
