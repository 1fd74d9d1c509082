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
import { askedFields, type FormOffer, usesAdvanced } from '../../src/domain/migration/fields';
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
function entered({ block, element, type }: Slot, which: number): JsonObject {
  if (type === 'static_select') {
    const options = optionsOf(element);
    return { type, selected_option: options[which % options.length] ?? null };
  }
  if (type === 'checkboxes') {
    return { type, selected_options: which % 3 === 0 ? [] : [...optionsOf(element)] };
  }
  if (type === 'external_select') {
    const isSecret = block['block_id']?.toString().endsWith('.Source') === true;
    const value = isSecret ? (which % 2 === 0 ? 'typed' : `env:KEY_${which}`) : `id-${which}`;
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
          const state = { values: stateValues(view.blocks, filled) };
          const before = readRequestForm(state);
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
          view = overTheWire(
            reshape({ messages, offer: () => offer }, { blocks: view.blocks, memory, state }),
          );
          expect(checkView(view, 'modal')).toMatchObject({ kind: 'valid' });
          // An element that disappears takes its value with it.
          const keys = slotsOf(view.blocks).map(({ blockId, actionId }) =>
            slotKey(blockId, actionId),
          );
          for (const key of Object.keys(filled)) if (!keys.includes(key)) delete filled[key];

          const after = readRequestForm({ values: stateValues(view.blocks, filled) });
          const shown = slotsOf(view.blocks).map(({ blockId }) => blockId);
          const asked = askedFields(after, offer);
          const isOpen = after.Advanced === 'on';
          const drawn = asked.filter(({ isAdvanced }) => isOpen || !isAdvanced);
          expect(shown).toEqual(drawn.map(({ path }) => path));
          // Every value that somebody set is in the form, where they see it.
          expect(usesAdvanced(before, offer) && !isOpen).toBe(false);
          const redrawn = readFormMemory(String(view['private_metadata']))?.follows;
          for (const { path, input, follows, preset } of drawn) {
            const was = late?.blockId === path ? '4711' : before[path];
            if (path === 'Advanced') continue;
            if (follows && redrawn !== memory.follows) {
              // It followed, or it is drawn with what it held.
              expect([before[path], preset]).toContain(after[path]);
              continue;
            }
            if (was === undefined) continue;
            if (input.kind !== 'choice' || input.options.includes(was))
              expect([path, after[path]]).toEqual([path, was]);
          }
        }
      }),
      { numRuns: 50 },
    );
  });
});
