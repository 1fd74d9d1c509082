import type { ComponentChildren } from 'preact';
import { personName, usePage } from './page';

export function Mention({
  children,
  isMe = false,
}: {
  readonly children: ComponentChildren;
  readonly isMe?: boolean;
}) {
  return (
    <span class="mention" data-me={isMe}>
      {children}
    </span>
  );
}

export function UserMention({ id }: { readonly id: string }) {
  const { me, sections } = usePage();
  return <Mention isMe={id === me.id}>@{personName(sections, id)}</Mention>;
}

export function GroupMention({ id }: { readonly id: string }) {
  const { groups } = usePage().sections.workspace;
  return <Mention>@{groups.find((group) => group.id === id)?.handle ?? id}</Mention>;
}

export function ChannelMention({ id }: { readonly id: string }) {
  const { channels } = usePage().sections.workspace;
  return <Mention>#{channels.find((channel) => channel.id === id)?.name ?? id}</Mention>;
}

/** An external URL is shown but not opened, because nothing leaves the machine. */
export function Link({
  url,
  children,
}: {
  readonly url: string;
  readonly children: ComponentChildren;
}) {
  const isWeb = /^(https?|mailto):/i.test(url);
  if (!isWeb) return <span>{children}</span>;
  return (
    <a href={url} target="_blank" rel="noreferrer noopener" title={url}>
      {children}
    </a>
  );
}
