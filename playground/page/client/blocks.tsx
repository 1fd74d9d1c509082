import { slotsOf } from '../../slack/blocks/slots';
import {
  isList,
  isObject,
  type Json,
  type JsonObject,
  listAt,
  objectAt,
  objectsAt,
  textAt,
} from '../../slack/json';
import { Element } from './element';
import { InputBlock } from './inputBlock';
import { Mrkdwn } from './mrkdwn';
import { RichText } from './richText';
import { Text } from './text';

/** Renders Block Kit as Slack does. */
export function Blocks({ blocks }: { readonly blocks: readonly JsonObject[] }) {
  return (
    <div class="blocks">
      {blocks.map((block) => (
        <Block key={textAt(block, 'block_id')} block={block} />
      ))}
    </div>
  );
}

function Block({ block }: { readonly block: JsonObject }) {
  const type = textAt(block, 'type');
  switch (type) {
    case 'header':
      return (
        <h3 class="block-header">
          <Text of={objectAt(block, 'text')} />
        </h3>
      );
    case 'divider':
      return <hr />;
    case 'section':
      return <Section block={block} />;
    case 'context':
      return <Context block={block} />;
    case 'actions':
    case 'context_actions':
      return <Elements block={block} />;
    case 'input':
      return <InputBlock block={block} />;
    case 'rich_text':
      return (
        <div class="text">
          <RichText elements={listAt(block, 'elements')} />
        </div>
      );
    case 'markdown':
      return (
        <div class="text">
          <Mrkdwn source={textAt(block, 'text') ?? ''} />
        </div>
      );
    case 'alert':
      return (
        <div class="alert-block">
          <Text of={objectAt(block, 'text')} />
        </div>
      );
    case 'image':
      return <Picture of={block} />;
    case 'plan':
      return (
        <div class="plan-block">
          <strong>{textAt(block, 'title')}</strong>
          {objectsAt(block, 'tasks').map((task) => (
            <Task key={textAt(task, 'task_id')} task={task} />
          ))}
        </div>
      );
    case 'task_card':
      return <Task task={block} />;
    case 'table':
      return <Table block={block} />;
    case 'container':
      return (
        <div class="container-block">
          <strong>
            <Text of={objectAt(block, 'title')} />
          </strong>
          <Blocks blocks={objectsAt(block, 'child_blocks')} />
        </div>
      );
    default:
      return <p class="unknown">The playground does not draw blocks of type {type}.</p>;
  }
}

const TASK_MARKS: Readonly<Record<string, string>> = {
  pending: '○',
  in_progress: '◐',
  complete: '✓',
  error: '✕',
};

function Task({ task }: { readonly task: JsonObject }) {
  const status = textAt(task, 'status') ?? 'pending';
  return (
    <div class="task" data-status={status}>
      <span class="task-mark" role="img" aria-label={status.replace('_', ' ')}>
        {TASK_MARKS[status] ?? ''}
      </span>
      <div>
        {textAt(task, 'title')}
        {(['details', 'output'] as const).map((key) => {
          const part = objectAt(task, key);
          return part === undefined ? null : (
            <div class="text" key={key}>
              <RichText elements={listAt(part, 'elements')} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** The first row is the header, as in Slack. */
function Table({ block }: { readonly block: JsonObject }) {
  const [header = [], ...rows] = listAt(block, 'rows').filter(isList);
  return (
    <div class="table-block">
      <table>
        <thead>
          <tr>
            {header.map((cell, index) => (
              <th scope="col" key={index}>
                <Cell cell={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {row.map((cell, column) => (
                <td key={column}>
                  <Cell cell={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ cell }: { readonly cell: Json }) {
  if (!isObject(cell)) return null;
  const { text, value } = cell;
  if (textAt(cell, 'type') === 'rich_text') return <RichText elements={listAt(cell, 'elements')} />;
  return <>{String(text ?? value ?? '')}</>;
}

function Section({ block }: { readonly block: JsonObject }) {
  const accessory = objectAt(block, 'accessory');
  const fields = objectsAt(block, 'fields');
  return (
    <div class="section">
      <div class="section-text">
        <div class="text">
          <Text of={objectAt(block, 'text')} />
        </div>
        {fields.length === 0 ? null : (
          <div class="fields">
            {fields.map((field, index) => (
              <div class="text" key={index}>
                <Text of={field} />
              </div>
            ))}
          </div>
        )}
      </div>
      {accessory === undefined ? null : textAt(accessory, 'type') === 'image' ? (
        <Picture of={accessory} />
      ) : (
        <Elements block={block} />
      )}
    </div>
  );
}

function Context({ block }: { readonly block: JsonObject }) {
  return (
    <div class="context">
      {objectsAt(block, 'elements').map((element, index) =>
        textAt(element, 'type') === 'image' ? (
          <Picture key={index} of={element} />
        ) : (
          <span key={index}>
            <Text of={element} />
          </span>
        ),
      )}
    </div>
  );
}

function Elements({ block }: { readonly block: JsonObject }) {
  return (
    <div class="actions">
      {slotsOf([block]).map((slot) => (
        <Element key={slot.actionId} slot={slot} />
      ))}
    </div>
  );
}

/** Nothing is fetched from elsewhere. A picture is described by its text. */
function Picture({ of }: { readonly of: JsonObject }) {
  return (
    <span class="picture" role="img" aria-label={textAt(of, 'alt_text') ?? 'picture'}>
      🖼 {textAt(of, 'alt_text')}
    </span>
  );
}
