import type { ComponentChildren } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { slotKey, stateValues } from '../../slack/blocks/slots';
import type { Entry, Message } from '../wire';
import { Avatar } from './avatar';
import { Blocks } from './blocks';
import { Mrkdwn } from './mrkdwn';
import { personName, usePage } from './page';
import { type Surface, SurfaceContext } from './surface';
import { timeIn } from './time';
import { useWords } from './words';

export function MessageItem({
  message,
  children,
}: {
  readonly message: Message;
  readonly children?: ComponentChildren;
}) {
  const { me, sections } = usePage();
  const words = useWords();
  const surface = useMessageSurface(message);
  const isApp = message.user === sections.workspace.app.id;
  const name = personName(sections, message.user);
  return (
    <article
      class="message"
      data-for-one={message.isForOne}
      aria-label={`${name}, ${timeIn(me, Number(message.ts))}`}
    >
      <Avatar name={name} isApp={isApp} />
      <div class="body">
        {message.isForOne ? <p class="only">{words.onlyYou}</p> : null}
        <p class="by">
          <strong>{name}</strong>
          {isApp ? <span class="tag">APP</span> : null}
          <time>{timeIn(me, Number(message.ts))}</time>
          {message.isEdited ? <small>{words.edited}</small> : null}
        </p>
        <SurfaceContext.Provider value={surface}>
          {message.blocks.length > 0 ? (
            <Blocks blocks={message.blocks} />
          ) : (
            <div class="text">
              <Mrkdwn source={message.text} />
            </div>
          )}
        </SurfaceContext.Provider>
        {children}
      </div>
    </article>
  );
}

function useMessageSurface({ channel, ts, blocks }: Message): Surface {
  const { perform } = usePage();
  const [chosen, setChosen] = useState<Readonly<Record<string, Entry>>>({});
  return useMemo(
    () => ({
      name: `m${ts}`,
      values: stateValues(blocks, {}),
      errors: {},
      chosen,
      click: (blockId, actionId, choice) => {
        if (choice !== undefined) {
          setChosen((before) => ({ ...before, [slotKey(blockId, actionId)]: choice }));
        }
        const more = choice === undefined ? {} : { choice };
        return perform({ do: 'click', target: { channel, ts }, blockId, actionId, ...more });
      },
    }),
    [perform, channel, ts, blocks, chosen],
  );
}
