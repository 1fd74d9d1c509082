type Fields = Readonly<Record<string, unknown>>;

/** Structured lines for a Ferry admin. Fields are facts, never the values of parameters. */
export interface Log {
  info(message: string, fields?: Fields): void;
  warn(message: string, fields?: Fields): void;
  error(message: string, fields?: Fields): void;
}
