import { buildExplanation } from '../views/explanation';
import { errorCodes, explainedKeys, isErrorCode } from './domain/errors/errorCodes';
import { explain } from './i18n/explain';
import { type LocaleName, locales } from './i18n/locales';
import { plain } from './i18n/text';

/** Returns the page of all explanations in one language, as Markdown. */
export function errorsPage(locale: LocaleName): string {
  const messages = locales[locale];
  const { page } = messages.explanations;
  const entry = (key: (typeof explainedKeys)[number]): string => {
    const { lines, copy } = buildExplanation(messages, '', explain(key, messages));
    const said = lines.map((line) => plain(line).trim()).join('\\\n');
    const policy =
      copy === undefined ? '' : `\\\n${plain(copy.title)}\n\n\`\`\`json\n${copy.text}\n\`\`\``;
    return `### ${key}\n\n${said}${policy}\n`;
  };
  const failures = explainedKeys.filter((key) => !isErrorCode(key));
  return [
    `# ${page.title}\n\n${page.intro}\n\n${page.general}\n`,
    `## ${page.codes}\n`,
    ...errorCodes.map(entry),
    `## ${page.failures}\n`,
    ...failures.map(entry),
  ].join('\n');
}
