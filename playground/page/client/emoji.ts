const EMOJI: Readonly<Record<string, string>> = {
  white_check_mark: '✅',
  heavy_check_mark: '✔️',
  x: '❌',
  warning: '⚠️',
  hourglass: '⌛',
  hourglass_flowing_sand: '⏳',
  rocket: '🚀',
  tada: '🎉',
  eyes: '👀',
  wave: '👋',
  ship: '🚢',
  ferry: '⛴️',
  lock: '🔒',
  bulb: '💡',
  thumbsup: '👍',
  '+1': '👍',
  thumbsdown: '👎',
  '-1': '👎',
  smile: '😄',
  heart: '❤️',
  large_green_circle: '🟢',
  large_yellow_circle: '🟡',
  red_circle: '🔴',
};

export function emoji(name: string): string {
  return EMOJI[name] ?? `:${name}:`;
}

/** Replaces `:name:` by its character if the name is known. */
export function withEmoji(text: string): string {
  return text.replace(/:([a-z0-9_+-]+):/g, (_, name: string) => emoji(name));
}
