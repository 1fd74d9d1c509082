import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const manifestSchema = z.object({
  features: z.object({
    app_home: z.object({ home_tab_enabled: z.boolean() }),
    slash_commands: z.array(z.object({ command: z.string() })),
    shortcuts: z.array(z.object({ type: z.string(), callback_id: z.string() })),
  }),
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
  settings: z.object({
    event_subscriptions: z.object({ bot_events: z.array(z.string()) }),
    interactivity: z.object({ is_enabled: z.boolean() }),
    socket_mode_enabled: z.boolean(),
  }),
});

/** The contents of `manifest.yml`. */
export function manifest(): z.infer<typeof manifestSchema> & { scopes: string[]; text: string } {
  const text = readFileSync(join(__dirname, '../../manifest.yml'), 'utf8');
  const parsed = manifestSchema.parse(parse(text));
  return { ...parsed, scopes: parsed.oauth_config.scopes.bot, text };
}
