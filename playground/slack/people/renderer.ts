import { type MrkdwnToken, parseMrkdwn } from '../blocks/mrkdwn';
import { heldBy, optionsOf, slotsOf, slotValue } from '../blocks/slots';
import {
  innerTextAt,
  isList,
  isObject,
  type Json,
  type JsonObject,
  listAt,
  objectAt,
  objectsAt,
  textAt,
} from '../json';
import type { Message } from '../workspace/message';
import type { View } from '../workspace/view';
import type { World } from '../workspace/world';

/** Renders messages and views as plain text, as a person would read them. */
export class Renderer {
  constructor(private readonly world: World) {}

  render(item: Message | View): string {
    return 'ts' in item ? this.#message(item) : this.#view(item);
  }

  #message(message: Message): string {
    const body =
      message.blocks.length > 0 ? this.#blocks(message.blocks, {}) : this.mrkdwn(message.text);
    const marks = [
      ...(message.onlyFor === undefined ? [] : [`only visible to @${this.#name(message.onlyFor)}`]),
      ...(message.edited === undefined ? [] : ['edited']),
    ];
    const head = `@${this.#name(message.user)}${marks.length > 0 ? ` (${marks.join(', ')})` : ''}`;
    return `${head}\n${indent(body)}`;
  }

  #view(view: View): string {
    const { content } = view;
    const title = innerTextAt(content, 'title') ?? (view.kind === 'home' ? 'Home' : '');
    const buttons =
      view.kind === 'modal'
        ? [innerTextAt(content, 'close') ?? 'Cancel', innerTextAt(content, 'submit')]
            .filter((label) => label !== undefined)
            .map((label) => `[${label}]`)
            .join(' ')
        : '';
    const body = this.#blocks(view.blocks, view.filled);
    return [`== ${title} ==`, body, buttons].filter((part) => part !== '').join('\n');
  }

  #blocks(blocks: readonly JsonObject[], filled: View['filled']): string {
    return blocks.map((block) => this.#block(block, filled)).join('\n');
  }

  #block(block: JsonObject, filled: View['filled']): string {
    const type = textAt(block, 'type') ?? '';
    if (type === 'header') return `# ${innerTextAt(block, 'text') ?? ''}`;
    if (type === 'divider') return '---';
    if (type === 'section') return this.#section(block, filled);
    if (type === 'context') {
      return `· ${objectsAt(block, 'elements')
        .map((element) => textAt(element, 'alt_text') ?? this.text(element))
        .join(' ')}`;
    }
    if (type === 'actions' || type === 'context_actions') return this.#elements(block, filled);
    if (type === 'input') return this.#input(block, filled);
    if (type === 'image') return `(image: ${textAt(block, 'alt_text') ?? ''})`;
    if (type === 'markdown') return this.mrkdwn(textAt(block, 'text') ?? '');
    if (type === 'alert') return `! ${this.text(block['text'])}`;
    if (type === 'rich_text') return this.#rich(listAt(block, 'elements'));
    if (type === 'task_card') return this.#task(block);
    if (type === 'plan') {
      const tasks = objectsAt(block, 'tasks').map((task) => indent(this.#task(task)));
      return [textAt(block, 'title') ?? '', ...tasks].join('\n');
    }
    if (type === 'table') {
      return listAt(block, 'rows')
        .map((row) => (isList(row) ? row.map((cell) => this.#cell(cell)).join(' | ') : ''))
        .join('\n');
    }
    if (type === 'container') {
      return [
        innerTextAt(block, 'title') ?? '',
        this.#blocks(objectsAt(block, 'child_blocks'), filled),
      ]
        .filter(Boolean)
        .join('\n');
    }
    return `(${type})`;
  }

  #task(block: JsonObject): string {
    const parts = [objectAt(block, 'details'), objectAt(block, 'output')]
      .filter((part) => part !== undefined)
      .map((part) => indent(this.#rich(listAt(part, 'elements'))));
    const head = `(${textAt(block, 'status') ?? ''}) ${textAt(block, 'title') ?? ''}`;
    return [head, ...parts].join('\n');
  }

  #cell(cell: Json): string {
    if (!isObject(cell)) return '';
    const { text, value } = cell;
    if (textAt(cell, 'type') === 'rich_text') return this.#rich(listAt(cell, 'elements'));
    return String(text ?? value ?? '');
  }

  #section(block: JsonObject, filled: View['filled']): string {
    const accessory = this.#elements(block, filled);
    const head = [this.text(block['text']), accessory].filter(Boolean).join(' ');
    const fields = objectsAt(block, 'fields').map(
      (field) => `  ${this.text(field).replace(/\n/g, ' ')}`,
    );
    return [head, ...fields].filter((line) => line !== '').join('\n');
  }

  #elements(block: JsonObject, filled: View['filled']): string {
    return slotsOf([block])
      .map((slot) => {
        const label = innerTextAt(slot.element, 'text');
        if (label !== undefined) return `[${label}]`;
        if (slot.type === 'overflow') {
          const entries = optionsOf(slot.element).map((each) => `[${innerTextAt(each, 'text')}]`);
          return `[… ${entries.join(' ')}]`;
        }
        const placeholder = innerTextAt(slot.element, 'placeholder') ?? slot.type;
        return `<${this.#value(slotValue(slot, filled)) || placeholder}>`;
      })
      .join(' ');
  }

  #input(block: JsonObject, filled: View['filled']): string {
    const [slot] = slotsOf([block]);
    const value = slot === undefined ? '' : this.#value(slotValue(slot, filled));
    const hint = innerTextAt(block, 'hint');
    const label = `${innerTextAt(block, 'label') ?? ''}${block['optional'] === true ? ' (optional)' : ''}`;
    return `${label}: ${value || '____'}${hint === undefined ? '' : ` (${hint})`}`;
  }

  #value(value: JsonObject): string {
    const held = value[heldBy(textAt(value, 'type') ?? '').field];
    if (textAt(value, 'type') === 'datetimepicker' && typeof held === 'number') {
      return new Date(held * 1000).toISOString().replace('.000Z', 'Z');
    }
    if (Array.isArray(held)) return held.map((each: Json) => this.#chosen(each)).join(', ');
    return this.#chosen(held ?? null);
  }

  #chosen(value: Json): string {
    if (isObject(value)) {
      const text = objectAt(value, 'text');
      if (text !== undefined) return this.text(text);
      // Files are shown by name.
      return textAt(value, 'name') ?? this.#rich(listAt(value, 'elements'));
    }
    if (value === null) return '';
    const shown = String(value);
    if (this.world.user(shown) !== undefined) return `@${this.#name(shown)}`;
    const channel = this.world.channel(shown);
    return channel === undefined ? shown : `#${channel.name}`;
  }

  /** Renders a text object. mrkdwn is resolved, plain text stays. */
  text(value: Json | undefined): string {
    if (!isObject(value)) return '';
    const text = textAt(value, 'text') ?? '';
    return textAt(value, 'type') === 'mrkdwn' ? this.mrkdwn(text) : text;
  }

  mrkdwn(source: string): string {
    return parseMrkdwn(source)
      .map((token) => this.#token(token))
      .join('');
  }

  #token(token: MrkdwnToken): string {
    switch (token.kind) {
      case 'text':
        return token.text;
      case 'user':
        return `@${this.#name(token.id)}`;
      case 'channel':
        return `#${this.world.channel(token.id)?.name ?? token.label ?? token.id}`;
      case 'group':
        return `@${this.world.group(token.id)?.handle ?? token.label ?? token.id}`;
      case 'broadcast':
        return `@${token.range}`;
      case 'date':
        return token.label;
      case 'link':
        return token.label === undefined ? token.url : `${token.label} (${token.url})`;
    }
  }

  #name(userId: string): string {
    return this.world.user(userId)?.realName ?? userId;
  }

  /** Renders elements inline; quotations and other blocks start new lines. */
  #rich(elements: readonly Json[]): string {
    let endsLine = false;
    return elements.reduce<string>((before, element) => {
      if (!isObject(element)) return before;
      const type = textAt(element, 'type');
      const text = this.#richElement(element);
      const isQuote = type === 'rich_text_quote';
      const isBlock = isQuote || type === 'rich_text_list' || type === 'rich_text_preformatted';
      const breaks = endsLine || isBlock;
      endsLine = isBlock;
      const shown = isQuote ? text.replace(/^/gm, '> ') : text;
      return breaks ? joinLines(before, shown) : before + shown;
    }, '');
  }

  #richElement(element: JsonObject): string {
    const id = (key: string): string => textAt(element, key) ?? '';
    switch (textAt(element, 'type')) {
      case 'user':
        return `@${this.#name(id('user_id'))}`;
      case 'usergroup':
        return `@${this.world.group(id('usergroup_id'))?.handle ?? id('usergroup_id')}`;
      case 'channel':
        return `#${this.world.channel(id('channel_id'))?.name ?? id('channel_id')}`;
      case 'broadcast':
        return `@${id('range')}`;
      case 'link':
        return textAt(element, 'text') ?? id('url');
      case 'emoji':
        return `:${id('name')}:`;
      case 'date':
        return id('fallback');
      default:
        return textAt(element, 'text') ?? this.#rich(listAt(element, 'elements'));
    }
  }
}

function joinLines(before: string, after: string): string {
  return before === '' || before.endsWith('\n') ? before + after : `${before}\n${after}`;
}

function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}
