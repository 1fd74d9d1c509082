import { unixSeconds } from '../src/domain/migration/checks';
import type { FieldPath } from '../src/domain/migration/fields';
import type { Difference } from '../src/domain/request/requestEvent';
import { secretPaths } from '../src/domain/secrets/secretReference';
import { cut } from '../src/domain/text/cut';
import type { Messages } from '../src/i18n/locales';
import { code, moment, say, type Text } from '../src/i18n/text';

/** A message in a thread stays short. Details shows everything. */
const mostLines = 20;
const longestValue = 200;

/** The changes of an edit, one field per line, with the form's labels. */
export function describeDifferences(
  messages: Messages,
  differences: readonly Difference[],
  most = mostLines,
): Text[] {
  const { form, thread } = messages;
  const lines = differences.slice(0, most).map(({ path, from, to }): Text => {
    const label = form.labels[path];
    if (secretPaths.some((secret) => secret === path)) return thread.typedAgain(label);
    return thread.changed(label, shown(messages, path, from), shown(messages, path, to));
  });
  const more = differences.length - lines.length;
  return more === 0 ? lines : [...lines, thread.moreChanges(more)];
}

function shown({ options, thread }: Messages, path: FieldPath, value: string | undefined): Text {
  if (value === undefined) return say`${thread.nothing}`;
  const named: Partial<Record<FieldPath, Readonly<Record<string, string>>>> = options;
  const option = named[path]?.[value];
  if (option !== undefined) return say`${option}`;
  // The audit log contains the picker's value: seconds since 1970.
  if (path === 'MigrateOption.ExpectTime' && unixSeconds(value) === undefined)
    return [moment(new Date(Number(value) * 1_000))];
  // Cut first, because a list of databases can be a million characters long.
  return [code(cut(cut(value, longestValue).replaceAll('\n', ', '), longestValue))];
}
