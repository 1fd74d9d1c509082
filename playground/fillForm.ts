import type { Person, SlackWorkspace } from './slack/index';

/** Form entries by block_id: options by value, times in Unix seconds. */
export type FormEntries = Readonly<Record<string, string | undefined>>;

/**
 * Fills in the modal in front field by field, and waits for the fields that a choice adds. Lookups
 * are entered without a search.
 */
export async function fillForm(
  slack: Pick<SlackWorkspace, 'until'>,
  person: Person,
  entries: FormEntries,
): Promise<void> {
  for (const [blockId, entry] of Object.entries(entries)) {
    if (entry === undefined) continue;
    await find(slack, person, blockId);
    const type = await slack.until(() => elementType(person, blockId), { what: blockId });
    if (isThere(person, blockId, entry)) continue;
    switch (type) {
      case 'external_select':
        await person.fill({ [blockId]: entry === '' ? null : { text: entry, value: entry } });
        break;
      case 'checkboxes':
        await person.fill({ [blockId]: entry === '' ? null : [entry] });
        break;
      case 'datetimepicker':
        await person.fill({ [blockId]: entry === '' ? null : Number(entry) });
        break;
      case 'file_input':
        await person.fill({ [blockId]: [entry] });
        break;
      default:
        await person.fill({ [blockId]: entry });
    }
  }
}

/** Skips a choice that is already made. */
function isThere(person: Person, blockId: string, entry: string): boolean {
  return Object.values(person.view()?.values[blockId] ?? {}).some((held) => {
    const { selected_option: option, selected_options: options } = held;
    const chosen = Array.isArray(options) ? options : [option];
    return chosen.some(
      (each) => typeof each === 'object' && each !== null && Reflect.get(each, 'value') === entry,
    );
  });
}

/** How long a choice may take to add a field, before the person opens the advanced part. */
const redrawMs = 400;

async function find(
  slack: Pick<SlackWorkspace, 'until'>,
  person: Person,
  blockId: string,
): Promise<void> {
  if (elementType(person, 'Advanced') === undefined || isThere(person, 'Advanced', 'on')) return;
  await slack
    .until(() => elementType(person, blockId), { timeoutMs: redrawMs })
    .catch(() => person.fill({ Advanced: ['on'] }));
}

function elementType(person: Person, blockId: string): string | undefined {
  for (const block of person.view()?.blocks ?? []) {
    if (block['block_id'] !== blockId) continue;
    const element = block['element'];
    const type = typeof element === 'object' && element !== null && Reflect.get(element, 'type');
    return typeof type === 'string' ? type : undefined;
  }
  return undefined;
}
