import type { LogLines } from './logLines';

/** Structured lines for a Ferry admin. Fields are facts, never the values of parameters. */
export interface Log {
  info: WriteLine;
  warn: WriteLine;
  error: WriteLine;
}

/** A line needs all its fields. */
interface WriteLine {
  (line: BareLine): void;
  <Line extends Exclude<keyof LogLines, BareLine>>(line: Line, fields: LogLines[Line]): void;
}

/** A line without fields. */
type BareLine = {
  [Line in keyof LogLines]: LogLines[Line] extends undefined ? Line : never;
}[keyof LogLines];
