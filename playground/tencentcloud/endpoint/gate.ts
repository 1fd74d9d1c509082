import type { Call } from './call';

/** The handle of a `hold` fault. */
export interface Hold {
  /** Resolves with the first held call. Never rejects, and stays pending if there is none. */
  readonly arrived: Promise<Call>;
  /** Releases all held calls, and those that would be held later. It may be called repeatedly. */
  release(): void;
}

/** Both sides of a `hold`: the tester's handle, and the endpoint's wait. */
export interface Gate {
  readonly hold: Hold;
  /** Announces `call`, and resolves once the gate is released. */
  pass(call: Call): Promise<void>;
}

/** Makes a closed gate. */
export function createGate(): Gate {
  let announce: (call: Call) => void = () => {};
  let open: () => void = () => {};
  const arrived = new Promise<Call>((resolve) => {
    announce = resolve;
  });
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return {
    hold: { arrived, release: () => open() },
    pass: (call) => {
      announce(call);
      return opened;
    },
  };
}
