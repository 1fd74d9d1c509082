import { nearestFew } from '../text/nearest';
import { type Explained, explainedKeys, explanationOf } from './errorCodes';

/** The result of a search for a typed code. */
export type FoundCode =
  | { kind: 'found'; key: Explained }
  /** A typo, or the last part of several codes; the nearest first. */
  | { kind: 'near'; keys: readonly Explained[] }
  /** An unknown code, explained by its family or as `unlisted`. */
  | { kind: 'new'; key: Explained };

const mostNear = 3;

/** Finds a code. Case doesn't matter, and the part before the dot is optional. */
export function findCode(typed: string): FoundCode {
  const word = typed.toLowerCase();
  const isSame = (each: string): boolean => each.toLowerCase() === word;
  const whole = explainedKeys.find(isSame);
  if (whole !== undefined) return { kind: 'found', key: whole };
  const ending = (key: Explained): string => key.slice(key.indexOf('.') + 1);
  const ends = explainedKeys.filter((key) => isSame(ending(key)));
  const [only, ...others] = ends;
  if (only !== undefined && others.length === 0) return { kind: 'found', key: only };
  if (others.length > 0) return { kind: 'near', keys: ends.slice(0, mostNear) };
  const slips = nearestFew(typed, explainedKeys, mostNear);
  const slipsOfEnd = nearestFew(typed, explainedKeys.map(ending), mostNear);
  const near = [...slips, ...explainedKeys.filter((key) => slipsOfEnd.includes(ending(key)))];
  return near.length > 0
    ? { kind: 'near', keys: [...new Set(near)].slice(0, mostNear) }
    : { kind: 'new', key: explanationOf(typed) };
}
