import { isList, isObject, type Json, type JsonObject, textAt } from '../json';
import type { Problems } from '../records/problems';
import { checkRichText } from './checkRichText';
import { checkStringAt } from './checkText';

const TASK_STATUSES = ['pending', 'in_progress', 'complete', 'error'];
const CELLS = new Set(['rich_text', 'raw_text', 'raw_number']);
const ALIGNMENTS = ['left', 'center', 'right'];

/** A `plan`: a title and tasks. Each task is a `task_card` with a unique ID. */
export function checkPlan(problems: Problems, block: JsonObject, at: string): void {
  checkStringAt(problems, block, 'title', at, { max: 3000, presence: 'required' });
  const { tasks = [] } = block;
  if (!isList(tasks)) {
    problems.add(`${at}/tasks`, 'must be an array');
    return;
  }
  const ids = new Set<string>();
  tasks.forEach((task, index) => {
    const taskAt = `${at}/tasks/${index}`;
    if (!isObject(task) || textAt(task, 'type') !== 'task_card') {
      problems.add(taskAt, 'must be a task_card');
      return;
    }
    checkTaskCard(problems, task, taskAt);
    const id = textAt(task, 'task_id');
    if (id !== undefined && ids.has(id)) problems.add(taskAt, `task_id "${id}" already exists`);
    if (id !== undefined) ids.add(id);
  });
}

export function checkTaskCard(problems: Problems, block: JsonObject, at: string): void {
  checkStringAt(problems, block, 'task_id', at, { max: 255, presence: 'required' });
  checkStringAt(problems, block, 'title', at, { max: 3000, presence: 'required' });
  const { status = 'pending' } = block;
  if (!TASK_STATUSES.some((each) => each === status)) {
    problems.add(`${at}/status`, `must be one of: ${TASK_STATUSES.join(', ')}`);
  }
  for (const key of ['details', 'output'] as const) {
    const part = block[key];
    if (part === undefined) continue;
    if (!isObject(part) || textAt(part, 'type') !== 'rich_text') {
      problems.add(`${at}/${key}`, 'must be rich_text');
    } else checkRichText(problems, part, `${at}/${key}`);
  }
}

/** The most characters in all cells of a message's table. */
const LONGEST_TABLE = 10_000;

/** A `table`: at most 100 rows of 20 cells, and 10,000 characters in all cells. */
export function checkTable(problems: Problems, block: JsonObject, at: string): void {
  const { rows, column_settings: columns = [] } = block;
  if (!isList(rows) || rows.length === 0) {
    problems.add(at, 'missing required field: rows');
    return;
  }
  if (rows.length > 100) problems.add(`${at}/rows`, 'no more than 100 items allowed');
  const characters = rows.flat().reduce<number>((sum, cell) => sum + charactersIn(cell), 0);
  if (characters > LONGEST_TABLE) {
    problems.add(at, `must be no more than ${LONGEST_TABLE} characters in all cells`);
  }
  rows.forEach((row, index) => {
    checkRow(problems, row, `${at}/rows/${index}`);
  });
  if (!isList(columns) || columns.length > 20) {
    problems.add(`${at}/column_settings`, 'no more than 20 items allowed');
    return;
  }
  columns.forEach((column, index) => {
    const align = isObject(column) ? (column['align'] ?? 'left') : undefined;
    if (!ALIGNMENTS.some((each) => each === align)) {
      problems.add(
        `${at}/column_settings/${index}/align`,
        `must be one of: ${ALIGNMENTS.join(', ')}`,
      );
    }
  });
}

/** The characters of a cell's texts, however deep. */
function charactersIn(part: Json | undefined): number {
  if (isList(part)) return part.reduce<number>((sum, each) => sum + charactersIn(each), 0);
  if (!isObject(part)) return 0;
  const own = textAt(part, 'text') ?? '';
  return own.length + charactersIn(part['elements']);
}

function checkRow(problems: Problems, row: Json, at: string): void {
  if (!isList(row) || row.length === 0) {
    problems.add(at, 'must be an array');
    return;
  }
  if (row.length > 20) problems.add(at, 'no more than 20 items allowed');
  row.forEach((cell, index) => {
    const type = isObject(cell) ? textAt(cell, 'type') : undefined;
    if (!isObject(cell) || type === undefined || !CELLS.has(type)) {
      problems.add(`${at}/${index}`, 'must be rich_text, raw_text or raw_number');
    } else if (type === 'raw_text') {
      checkStringAt(problems, cell, 'text', `${at}/${index}`, { max: 3000, presence: 'required' });
    } else checkRichText(problems, cell, `${at}/${index}`);
  });
}
