export function textOf(block: unknown): string {
  if (Array.isArray(block)) return block.map(textOf).join('');
  if (typeof block !== 'object' || block === null) return '';
  const own = 'text' in block && typeof block.text === 'string' ? block.text : '';
  const date = 'fallback' in block && typeof block.fallback === 'string' ? block.fallback : '';
  return own + date + Object.values(block).map(textOf).join('');
}
