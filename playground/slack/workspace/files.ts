import type { JsonObject } from '../json';
import type { Changes } from './changes';
import type { IdMaker } from './idMaker';
import { TEAM } from './seed';
import type { SlackFile, Upload } from './slackFile';
import type { User } from './user';

/** Extension → Slack's `filetype`, its name for people, and the MIME type. */
const TYPES: Readonly<Record<string, readonly [type: string, pretty: string, mime: string]>> = {
  csv: ['csv', 'CSV', 'text/csv'],
  html: ['html', 'HTML', 'text/html'],
  json: ['json', 'JSON', 'application/json'],
  md: ['markdown', 'Markdown (raw)', 'text/markdown'],
  png: ['png', 'PNG', 'image/png'],
  sql: ['sql', 'SQL', 'application/sql'],
  txt: ['text', 'Plain Text', 'text/plain'],
  yml: ['yaml', 'YAML', 'application/x-yaml'],
};
const UNKNOWN = ['binary', 'Binary', 'application/octet-stream'] as const;

/** The files of a workspace, and Slack's descriptions of them. */
export class Files {
  readonly #files = new Map<string, SlackFile>();

  constructor(
    private readonly ids: IdMaker,
    private readonly now: () => number,
    private readonly changes: Changes,
    /** The base URL of files, without a trailing slash. */
    private readonly baseUrl: () => string,
  ) {}

  get(id: string): SlackFile | undefined {
    return this.#files.get(id);
  }

  add(user: User, { name, content, mimetype }: Upload): SlackFile {
    const file: SlackFile = {
      id: this.ids.entity('F'),
      name,
      mimetype: mimetype ?? typeOf(name)[2],
      content: typeof content === 'string' ? Buffer.from(content) : content,
      user: user.id,
      teamId: user.teamId,
      created: Math.floor(this.now() / 1000),
      said: {},
    };
    this.put(file);
    return file;
  }

  put(file: SlackFile): void {
    this.#files.set(file.id, file);
    this.changes.announce();
  }

  remove(id: string): void {
    this.#files.delete(id);
    this.changes.announce();
  }

  /** The file object: https://docs.slack.dev/reference/objects/file-object */
  describe(file: SlackFile): JsonObject {
    const { id, name, mimetype, content, user, teamId, created, said } = file;
    const [filetype, prettyType] = typeOf(name);
    // In URLs, Slack writes names in lower case, and `_` for characters that need escaping.
    const slug = name.toLowerCase().replace(/[^a-z0-9._-]/g, '_');
    const folder = `${this.baseUrl()}/files-pri/${TEAM.id}-${id}`;
    return {
      id,
      created,
      timestamp: created,
      name,
      title: name,
      mimetype,
      filetype,
      pretty_type: prettyType,
      user,
      user_team: teamId,
      editable: false,
      size: content.length,
      mode: 'hosted',
      is_external: false,
      external_type: '',
      is_public: false,
      public_url_shared: false,
      display_as_bot: false,
      username: '',
      url_private: `${folder}/${slug}`,
      url_private_download: `${folder}/download/${slug}`,
      permalink: `https://${TEAM.domain}.slack.com/files/${user}/${id}/${slug}`,
      permalink_public: `https://slack-files.com/${TEAM.id}-${id}-0000000000`,
      comments_count: 0,
      is_starred: false,
      shares: {},
      channels: [],
      groups: [],
      ims: [],
      has_rich_preview: false,
      file_access: 'visible',
      ...said,
    };
  }
}

/** The extension of a name after its last dot, in lower case. */
export function extensionOf(name: string): string {
  return /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
}

function typeOf(name: string): readonly [type: string, pretty: string, mime: string] {
  return TYPES[extensionOf(name)] ?? UNKNOWN;
}
