import fc from 'fast-check';
import { reshape } from '../../handlers/reshapeRequestForm';
import { checkView } from '../../playground/slack/blocks/checkView';
import {
  isStateful,
  optionsOf,
  type Slot,
  slotKey,
  slotsOf,
  stateValues,
} from '../../playground/slack/blocks/slots';
import type { Json, JsonObject } from '../../playground/slack/json';
import { askedFields, type FormOffer } from '../../src/domain/migration/fields';
import { locales } from '../../src/i18n/locales';
import { buildRequestForm, readFormMemory, readRequestForm } from '../../views/requestForm';

const offers: readonly FormOffer[] = [
  { typed: true, stored: false },
  { typed: false, stored: true },
  { typed: true, stored: true },
  { typed: true, stored: true, asksChannel: true },
];

/** A person's actions: which field, and which option or text. */
const steps = fc.array(fc.tuple(fc.nat(99), fc.nat(99)), { minLength: 1, maxLength: 25 });

/** A value that a person could enter in an element. */
function entered({ element, type }: Slot, which: number): JsonObject {
  if (type === 'static_select') {
    const options = optionsOf(element);
    return { type, selected_option: options[which % options.length] ?? null };
  }
  if (type === 'external_select') {
    const value = `id-${which}`;
    return { type, selected_option: { text: { type: 'plain_text', text: value }, value } };
  }
  if (type === 'datetimepicker') return { type, selected_date_time: 1_900_000_000 + which };
  if (type === 'file_input') return { type, files: [] };
  if (type === 'conversations_select') return { type, selected_conversation: `C0${which}` };
  return { type, value: String(which + 1) };
}

/** The view after a round trip through JSON. */
const overTheWire = (view: unknown): JsonObject & { blocks: JsonObject[] } =>
  JSON.parse(JSON.stringify(view));

describe.each(['en', 'zh-CN'] as const)('in %s', (locale) => {
  const messages = locales[locale];

  it('for any choices, Slack accepts the form, and it keeps the entries', () => {
    fc.assert(
      fc.property(steps, fc.constantFrom(...offers), (todo, offer) => {
        let view = overTheWire(buildRequestForm(messages, { values: {}, offer }));
        const filled: Record<string, JsonObject> = {};
        for (const [field, which] of todo) {
          const slots = slotsOf(view.blocks).filter(isStateful);
          const slot = slots[field % slots.length];
          if (slot === undefined) throw new Error('a form without fields');
          filled[slotKey(slot.blockId, slot.actionId)] = entered(slot, which);
          const before = readRequestForm({ values: stateValues(view.blocks, filled) });
          if (slot.block['dispatch_action'] !== true) continue;

          // Only Slack knows what is typed while the new view is in transit.
          const typed = slots.filter(({ type }) => /^(plain_text|number)_input$/.test(type));
          const late = typed[which % typed.length];
          if (late !== undefined) {
            filled[slotKey(late.blockId, late.actionId)] = { type: late.type, value: '4711' };
          }
          const metadata: Json | undefined = view['private_metadata'];
          const memory = readFormMemory(String(metadata));
          if (memory === undefined) throw new Error('the form forgot everything');
          view = overTheWire(reshape({ messages, offer: () => offer }, before, memory));
          expect(checkView(view, 'modal')).toMatchObject({ kind: 'valid' });
          // An element that disappears takes its value with it.
          const keys = slotsOf(view.blocks).map(({ blockId, actionId }) =>
            slotKey(blockId, actionId),
          );
          for (const key of Object.keys(filled)) if (!keys.includes(key)) delete filled[key];

          const after = readRequestForm({ values: stateValues(view.blocks, filled) });
          const shown = slotsOf(view.blocks).map(({ blockId }) => blockId);
          const asked = askedFields(after, offer);
          expect(shown).toEqual(asked.map(({ path }) => path));
          const follows = slot.blockId === 'SrcDatabaseType';
          for (const { path, input } of asked) {
            const was = late?.blockId === path ? '4711' : before[path];
            if (was === undefined || (follows && path === 'DstDatabaseType')) continue;
            if (input.kind !== 'choice' || input.options.includes(was))
              expect([path, after[path]]).toEqual([path, was]);
          }
        }
      }),
      { numRuns: 100 },
    );
  });
});
