/** A value, or the reason why there is none. */
export type Result<Value, Problem> = Read<Value> | Failed<Problem>;

interface Read<Value> {
  ok: true;
  value: Value;
}

interface Failed<Problem> {
  ok: false;
  problem: Problem;
}

export const success = <Value>(value: Value): Read<Value> => ({ ok: true, value });
export const failure = <Problem>(problem: Problem): Failed<Problem> => ({ ok: false, problem });
