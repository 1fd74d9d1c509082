import type { ComponentChildren } from 'preact';
import { Fragment } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Message } from '../wire';
import { usePage } from './page';
import { dayIn } from './time';
import { useWords } from './words';

export function MessageList({
  messages,
  label,
  children,
}: {
  readonly messages: readonly Message[];
  readonly label: string;
  readonly children: (message: Message) => ComponentChildren;
}) {
  const { me } = usePage();
  const words = useWords();
  const list = useRef<HTMLDivElement>(null);
  const newest = messages.at(-1)?.ts;
  useLayoutEffect(() => {
    list.current?.scrollTo(0, list.current.scrollHeight);
  }, [newest]);
  const day = (message: Message | undefined): string | undefined =>
    message === undefined ? undefined : dayIn(me, Number(message.ts));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: people must reach a scrolling area with the keyboard
    <div class="messages" role="log" aria-label={label} tabIndex={0} ref={list}>
      {messages.length === 0 ? <p class="empty">{words.empty}</p> : null}
      {messages.map((message, index) => (
        <Fragment key={message.ts}>
          {day(message) === day(messages[index - 1]) ? null : <p class="day">{day(message)}</p>}
          {children(message)}
        </Fragment>
      ))}
    </div>
  );
}
