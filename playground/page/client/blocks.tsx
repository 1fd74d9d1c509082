import { slotsOf } from '../../slack/blocks/slots';
import { type JsonObject, listAt, objectAt, objectsAt, textAt } from '../../slack/json';
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
