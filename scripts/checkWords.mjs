import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, extname, join, resolve } from 'node:path';
import ts from 'typescript';

/**
 * Fails if a text that people read has a word to avoid, or if Chinese has wrong punctuation, spaces
 * or terms. Each finding gives the file, the line, the text, and what to write instead.
 *
 *     node scripts/checkWords.mjs [folder of the project]
 */
const root = resolve(process.argv[2] ?? '.');

/** Written from the strings in src/i18n, which are checked there. */
const generated = ['configuration', 'errors'].flatMap((name) => [
  `docs/${name}.md`,
  `docs/${name}.zh-CN.md`,
]);

/**
 * A pattern and what to write instead. A space in it also matches a line break. `not` excludes
 * texts: code uses the API's and the policy file's names.
 */
const english = [
  ['\\bstands?\\b(?! for\\b|-)', 'is posted, appears, is shown'],
  ['\\b(whoever|whomever)\\b', 'the person who, anyone who'],
  ['\\bby (itself|themselves)\\b', 'automatically'],
  ['\\bof (its|their|his|her|your|our) own\\b', 'separate, or nothing'],
  [
    '\\b(meanwhile|hitherto|thereby|therein|thereof|thereupon|whereupon|lest|anew)\\b',
    'since then, so, again',
  ],
  ['\\bbesides?\\b', 'next to, in addition to'],
  ['\\b(is|are|was|were|be|been|being) told\\b|\\btells\\b', 'is notified, says, reports'],
  ['\\bnot known (whether|if)\\b', 'we don’t know whether, “outcome unknown”'],
  ['\\basked (for|by)\\b', 'requested, requested by'],
  ['\\b(take|takes|took|taken|taking) up\\b', 'picks up, starts'],
  ['\\b(goes to|comes into)\\b', 'becomes, is'],
  ['\\b(lend|lends|lent|lending)\\b', 'allows, may be used'],
  ['\\bcounts? (as|from)\\b', 'is treated as, takes effect'],
  ['\\ba look\\b|\\b(look|looks|looked|looking) (for|again|into)\\b', 'search, lookup, checks'],
  [
    '\\b(answers?|reply|replies) (is|are|was|were) lost\\b|\\blost (an )?(answers?|reply|replies)\\b',
    'no response arrived',
  ],
  ['\\bnothing was sent\\b', 'the call was not made'],
  ['\\b(tried|made) again\\b', 'retries …'],
  ['\\b(take|takes|took|taken|taking)( \\w+){0,3} back\\b', 'revoke, revoked'],
  ['\\bbreak(s|ing)?( the)? glass\\b|\\bbroke( the)? glass\\b', 'emergency approval'],
  ['\\bper cent\\b', 'percent'],
  ["\\banother( [\\w’'-]+){1,4} than\\b", 'a different … from, a … other than'],
  ['\\bshall\\b', 'should, must, will'],
  ['\\btick(s|ed|ing)?\\b', 'select (a checkbox)'],
  ['\\bprechecks?\\b', 'check, as the button says'],
  ['\\buser names?\\b', 'username'],
  ['\\bany more\\b(?=[,.;:]|\\s*$)', 'anymore, no longer'],
  [
    '\\b(behaviour|licence|colour|favour|organis|recognis|neutralis|summaris|normalis|labelled)\\w*',
    'the American spelling',
  ],
  [
    '\\bthe record\\b|\\bits record\\b',
    'the audit log, or the history of a request',
    { not: 'code' },
  ],
  ['\\boperators?\\b', 'Ferry admin', { not: 'code' }],
  ['(?<![-\\w])ids?\\b(?!-)', 'ID', { not: 'code', exactCase: true }],
  ['\\bdestinations?\\b', 'target, as Tencent Cloud’s console says', { not: 'code' }],
  ['\\b(in|with) none of\\b', 'No event contains …'],
  ['\\b(thus|hence|whence|thence|nought|naught|upon)\\b', 'so, on'],
  ['(?<=^|[.!] |\\n\\n)(who|whom|those who|one that)\\b[^.?!|]*\\.(?!\\w)', 'say who does what'],
];

/** A line break inside a paragraph, which a browser shows as a space. */
const lineBreak = '(\\n(?![^\\S\\n]*(\\d+\\.|[-|>#])))?';
const han = '[\\p{Script=Han}]';
const fullWidth = '[，。；：、？！（）“”《》]';
const latin = '[A-Za-z0-9`]';
/** The same for Chinese. Here a space only matches a space. */
const chinese = [
  [
    `${han} ?[,;!?()]|[,;!?(] ?(?=${han})|${han}[.:](?!\\w)|"(?=${han})|${han}"`,
    '，。；：！？（）“”',
  ],
  [`${han}…(?!…)(?<!……)`, '……'],
  [
    `${han}[^\\S\\n]*${lineBreak}[^\\S\\n]*(?<=\\s)${han}`,
    'no space, no line break between Chinese characters',
  ],
  [
    `${fullWidth}[^\\S\\n]*${lineBreak}[^\\S\\n]*(?<=\\s)(?=${han}|${latin})|(${han}|${latin})[^\\S\\n]+(?=${fullWidth})`,
    'no space or line break next to full-width punctuation',
  ],
  [
    `${han}(?=${latin}|[#@])|${latin}(?=${han})`,
    'one space between Chinese and Latin text or numbers',
  ],
  ['回应', '响应'],
  ['目的实例|目的端|目的库', '目标实例'],
  ['不认识', '无法识别'],
  ['一刻钟', '15 分钟'],
  ['携带 RequestId', '附上 RequestId'],
  ['解开', '解密'],
  ['运维人员', 'Ferry 管理员'],
  ['库和表', '库表'],
  ['链头', '最新哈希（head）'],
  ['帐号|帐户', '账号'],
  ['其它', '其他'],
  ['登陆', '登录'],
  ['拷贝', '复制'],
  ['你(?!好)', '您'],
  ['批准', '通过'],
  ['放行', '紧急通过'],
  ['法定人数', '需要几人通过'],
  ['审计日志', '审计记录'],
  ['执行窗口', '发起时间窗'],
  ['评论', '附言'],
  ['稍后再试', '稍后重试'],
  ['云服务器', '云主机'],
  ['再次查找', '重新查找'],
  ['克隆', '复制'],
  ['接口参数', 'API 参数'],
  ['对[^，。；：]{1,12}进行', '（动词）'],
  ['的的|的[^，。；：、“”（）]{1,4}的[^，。；：、“”（）]{1,4}的', '少用“的”'],
  ['被(?!授)', '主动句'],
];

const compile = (rules, spaces) =>
  rules.map(([pattern, instead, { not, exactCase = false } = {}]) => ({
    pattern: new RegExp(
      spaces ? pattern.replaceAll(' ', '\\s+') : pattern,
      exactCase ? 'gu' : 'giu',
    ),
    instead,
    not,
  }));
const rules = { english: compile(english, true), chinese: compile(chinese, false) };
const languageOf = (path) => (path.includes('zh-CN') ? 'chinese' : 'english');

const texts = [...documents(), ...settings(), ...codeTexts()];
const findings = texts.flatMap(({ path, line, text, language, place }) =>
  rules[language]
    .filter(({ not }) => not === undefined || not !== place)
    .flatMap(({ pattern, instead }) =>
      [...text.matchAll(pattern)].map(({ 0: found, index }) => {
        const at = line + text.slice(0, index).split('\n').length - 1;
        const around = text
          .slice(Math.max(0, index - 20), index + found.length + 20)
          .replace(/[\s\0]+/g, ' ');
        return `${path}:${at}: “${around.trim()}”: write ${instead}`;
      }),
    ),
);
for (const finding of findings) console.error(`words: ${finding}`);
if (findings.length > 0) process.exit(1);
console.log(`words: ${texts.length} texts, no word to avoid`);

function documents() {
  return [...filesIn('', false), ...filesIn('docs', false), ...filesIn('playground', true)]
    .filter((path) => extname(path) === '.md' && !generated.includes(path))
    .map((path) => ({ path, line: 1, language: languageOf(path), text: proseOf(path) }));
}

/** Removes code from a document, and markup from Chinese, where it has no width. */
function proseOf(path) {
  const text = readFileSync(join(root, path), 'utf8').replace(/^```.*?^```$/gms, blank);
  if (languageOf(path) === 'english') {
    return text.replace(/`[^`\n]*`|\]\([^)]*\)/g, blank);
  }
  return text
    .replace(/`[^`\n]*`/g, '`')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\*+/g, '');
}

/** Comments in configuration, and descriptions that Slack and editors show. */
function settings() {
  return [
    '.ci/run',
    '.env.example',
    '.github/workflows/ci.yml',
    'docs/policy.schema.json',
    'manifest.yml',
    'policy.example.yml',
    ...filesIn('scripts', true).filter((path) => extname(path) === '.sh'),
  ]
    .filter((path) => existsSync(join(root, path)))
    .map((path) => ({
      path,
      line: 1,
      language: 'english',
      text: readFileSync(join(root, path), 'utf8').replace(/^(?!.*description"?:)[^#\n]*/gm, blank),
    }));
}

/** Strings of the languages, log lines, comments, and names of tests. */
function codeTexts() {
  return ['handlers', 'playground', 'scripts', 'src', 'test', 'views']
    .flatMap((folder) => filesIn(folder, true))
    .filter((path) => /\.(ts|tsx|mjs|js|cjs)$/.test(path) && basename(path) !== 'checkWords.mjs')
    .flatMap((path) => {
      const wants = {
        strings: /^src\/i18n\/(en|zh-CN)\/|^playground\/.*\/words\.ts$/.test(path),
        logLines: path === 'src/ports/logLines.ts',
        testNames: path.endsWith('.test.ts'),
      };
      return textsOfCode(path, wants);
    });
}

function textsOfCode(path, wants) {
  const source = ts.createSourceFile(
    path,
    readFileSync(join(root, path), 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  );
  const found = [];
  const add = (start, text, language, place) =>
    found.push({
      path,
      line: source.getLineAndCharacterOfPosition(start).line + 1,
      text,
      language,
      place,
    });
  const comments = new Set();
  const visit = (node) => {
    const name = (wants.testNames && nameOfTest(node)) || (wants.logLines && logLine(node));
    if (name) add(name.getStart(), literalText(name), 'english', 'code');
    if (wants.strings && literalText(node) !== undefined) {
      const text = literalText(node);
      add(node.getStart(), text, /\p{Script=Han}/u.test(text) ? 'chinese' : languageOf(path));
    }
    const { pos, end } = node;
    const around = [
      ...(ts.getLeadingCommentRanges(source.text, pos) ?? []),
      ...(ts.getTrailingCommentRanges(source.text, end) ?? []),
    ];
    for (const comment of around) {
      if (comments.has(comment.pos)) continue;
      comments.add(comment.pos);
      const text = source.text.slice(comment.pos, comment.end);
      add(
        comment.pos,
        text.replace(/^\s*(\/\*\*?|\*\/|\*|\/\/)|`[^`\n]*`|\*\/$/gm, blank),
        'english',
        'code',
      );
    }
    node.getChildren().forEach(visit);
  };
  visit(source);
  return found;
}

/** The text of a string literal for people. Inserted values are left out. */
function literalText(node) {
  if (node.parent !== undefined && isName(node)) return undefined;
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return [node.head, ...node.templateSpans.map(({ literal }) => literal)]
    .map(({ text }) => text)
    .join('\0');
}

/** True if a string names something in code: a module, a case, a type or a property. */
function isName({ parent }) {
  return (
    ts.isImportDeclaration(parent) ||
    ts.isCaseClause(parent) ||
    ts.isLiteralTypeNode(parent) ||
    ts.isElementAccessExpression(parent) ||
    ts.isBinaryExpression(parent)
  );
}

/** The first argument of `it(…)`, `it.each(…)(…)` and similar functions. */
function nameOfTest(node) {
  const callee = /^(it\w*|test|describe)(\.each\b|$)/;
  if (!ts.isCallExpression(node) || !callee.test(node.expression.getText())) return undefined;
  const [text] = node.arguments;
  return text !== undefined && literalText(text) !== undefined ? text : undefined;
}

/** The name of a property, in the list of log lines. */
function logLine(node) {
  return ts.isPropertySignature(node) && ts.isStringLiteral(node.name) ? node.name : undefined;
}

function filesIn(folder, deep) {
  let entries = [];
  try {
    entries = readdirSync(join(root, folder), { withFileTypes: true });
  } catch {
    return [];
  }
  return entries.flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return deep ? filesIn(path, true) : [];
    return [path];
  });
}

/** Replaces a text by spaces, so that the rest keeps its lines. */
function blank(text) {
  return text.replace(/[^\n]/g, ' ');
}
